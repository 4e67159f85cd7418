namespace AppStack.Components.Nodes.Bundles;

/// <summary>A text file.</summary>
public sealed record BundleFile
{
    /// <summary>Absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>The whole content. NUL characters are refused.</summary>
    public required string Content { get; init; }

    /// <summary>Name of the file group that checks and activates it; null: it is only laid down. Default: null.</summary>
    public string? Group { get; init; }

    /// <summary>Four octal digits. Default: <c>0644</c>.</summary>
    public string Mode { get; init; } = "0644";

    /// <summary><c>user:group</c>. Default: <c>root:root</c>.</summary>
    public string Owner { get; init; } = "root:root";

    /// <summary>Whether the content is secret. It then makes the whole document secret in previews and in state. Default: false.</summary>
    public bool Secret { get; init; }
}
