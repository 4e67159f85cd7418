using System.Text;

namespace AppStack.Components.Lab;

/// <summary>
/// The lab's script, made of the parts in <c>Scripts/</c>. It does everything that happens on the host: the components only
/// say what there shall be, and the same verbs work by hand.
/// </summary>
public static class LabScript
{
    private const string Folder = "AppStack.Components.Lab.Scripts.";
    private const string KubernetesFolder = "AppStack.Components.Kubernetes.Cluster.Binaries.Scripts.";
    private const string ServicesFolder = "AppStack.Components.Services.Images.Scripts.";

    // Programs of our own that go into images, by the names that the script has for their folders.
    private static readonly (string Name, string Folder)[] OwnFolders =
    [
        ("ClusterDns", "AppStack.Components.Kubernetes.Cluster.Binaries.ClusterDns."),
        ("IngressAgent", "AppStack.Components.Kubernetes.Cluster.Binaries.IngressAgent."),
        ("Waf", "AppStack.Components.Kubernetes.Waf.Scripts."),
    ];

    private static readonly Lazy<string> Joined = new(Join);

    /// <summary>The whole script, ready to be installed as one executable file.</summary>
    public static string Text => Joined.Value;

    /// <summary>How images of services are made: another recipe makes other images.</summary>
    internal static string Recipe => string.Concat(Names(ServicesFolder).Select(Read));

    // The script runs as root, inside single quotes of a shell; what is quoted are names and addresses that were validated.
    internal static string Quote(string argument)
        => argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,+".Contains(c))
            ? argument
            : "'" + argument.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static string Join()
    {
        var script = new StringBuilder("#!/usr/bin/env bash\n# AppStack's lab. `appstack-lab help` lists the verbs.\nset -euo pipefail\n");
        // names.sh holds constants that others use while they are read.
        foreach (var name in Names(Folder).OrderByDescending(name => name.EndsWith(".names.sh", StringComparison.Ordinal)).Concat(Names(KubernetesFolder)).Concat(Names(ServicesFolder)))
        {
            script.Append('\n').Append(Read(name));
        }

        script.Append("\nown_files() {\n  case $1 in\n");
        foreach (var (name, folder) in OwnFolders)
        {
            script.Append($"    {name}) printf '%s\\n' {string.Join(' ', Names(folder).Select(file => file[folder.Length..]))} ;;\n");
        }

        script.Append("  esac\n}\n\nown_file() {\n  case $1/$2 in\n");
        foreach (var (name, folder) in OwnFolders)
        {
            foreach (var file in Names(folder))
            {
                script.Append($"    {name}/{file[folder.Length..]}) cat <<'END_OF_SOURCE'\n{Read(file).TrimEnd('\n')}\nEND_OF_SOURCE\n    ;;\n");
            }
        }

        return script.Append("  esac\n}\n\nmain \"$@\"\n").ToString();
    }

    private static IEnumerable<string> Names(string folder) => typeof(LabScript).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(LabScript).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
