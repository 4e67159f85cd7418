namespace AppStack.Components.Kubernetes.Waf;

/// <summary>Paths as rules name them: <c>/declarations</c> is that one, <c>/declarations/*</c> are all that begin with <c>/declarations/</c>.</summary>
internal static class WafPath
{
    private const string Allowed = "-._~!$&'()+,;=:@/";

    /// <summary>What a path may hold; for messages.</summary>
    public const string Rule = "a path begins with / and has letters, digits and -._~!$&'()+,;=:@/ only, as they are after decoding; an * at the end stands for whatever follows";

    /// <summary>Whether a text is a path that can be written into rules as it is.</summary>
    public static bool IsValid(string path) =>
        path.StartsWith('/') && Start(path).All(letter => char.IsAsciiLetterOrDigit(letter) || Allowed.Contains(letter))
        && !path.Contains("//", StringComparison.Ordinal) && !path.Split('/').Any(part => part is "." or "..");

    /// <summary>Whether it stands for all that begin so.</summary>
    public static bool IsPrefix(string path) => path.EndsWith('*');

    /// <summary>The path without the star.</summary>
    public static string Start(string path) => IsPrefix(path) ? path[..^1] : path;
}
