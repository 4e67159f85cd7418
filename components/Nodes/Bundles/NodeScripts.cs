using System.Reflection;
using System.Text;

namespace AppStack.Components.Nodes.Bundles;

/// <summary>The Perl scripts that run on nodes, from the assembly's embedded resources.</summary>
internal static class NodeScripts
{
    /// <summary>Applies or removes a bundle, whose document follows after <c>__END__</c>.</summary>
    public static string Bundle { get; } = Compact(
        Read("common.pl") + Read("document.pl")
        + "if (($ARGV[0] // '') eq 'remove') {\n" + Read("remove.pl") + "}\n"
        + Read("apply.pl"));

    /// <summary>Prints how the node differs from its manifests.</summary>
    public static string Drift { get; } = Compact(Read("common.pl") + Read("drift.pl"));

    /// <summary>A script as it stands in the repository.</summary>
    /// <param name="name">File name.</param>
    /// <param name="folder">Folder below the assembly's root namespace, dots for slashes.</param>
    /// <returns>The text.</returns>
    public static string Read(string name, string folder = "Nodes.Scripts")
    {
        var resource = $"AppStack.Components.{folder}.{name}";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly has no embedded resource '{resource}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    // The script is sent with every bundle and kept in the state file: whole-line comments and indentation stay at home.
    private static string Compact(string script)
    {
        var text = new StringBuilder(script.Length);
        foreach (var line in script.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith('#')))
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }
}
