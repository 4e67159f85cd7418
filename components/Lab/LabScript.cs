using System.Text;

namespace AppStack.Components.Lab;

/// <summary>
/// The lab's script, made of the parts in <c>Scripts/</c>. It does everything that happens on the host: the components only
/// say what there shall be, and the same verbs work by hand.
/// </summary>
public static class LabScript
{
    private const string Folder = "AppStack.Components.Lab.Scripts.";

    private static readonly Lazy<string> Joined = new(Join);

    /// <summary>The whole script, ready to be installed as one executable file.</summary>
    public static string Text => Joined.Value;

    // The script runs as root, inside single quotes of a shell; what is quoted are names and addresses that were validated.
    internal static string Quote(string argument)
        => argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,+".Contains(c))
            ? argument
            : "'" + argument.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static string Join()
    {
        var assembly = typeof(LabScript).Assembly;
        var script = new StringBuilder("#!/usr/bin/env bash\n# AppStack's lab. `appstack-lab help` lists the verbs.\nset -euo pipefail\n");
        // names.sh holds constants that others use while they are read.
        foreach (var name in assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .OrderByDescending(name => name.EndsWith(".names.sh", StringComparison.Ordinal))
            .ThenBy(name => name, StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            script.Append('\n').Append(reader.ReadToEnd());
        }

        return script.Append("\nmain \"$@\"\n").ToString();
    }
}
