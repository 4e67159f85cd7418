using System.Globalization;
using System.Text;

namespace AppStack.Components.Nodes.Bundles;

/// <summary>
/// Renders a bundle to what a node reads on standard input: the script, <c>__END__</c>, and a document in a plain line
/// format. Equal bundles give equal bytes, and a changed line of a file is one changed line of the document, so that a
/// preview's difference reads like the difference of the files.
/// </summary>
public static class BundleRenderer
{
    /// <summary>The command that applies what <see cref="Payload"/> renders.</summary>
    public const string ApplyCommand = "exec perl - apply";

    /// <summary>The command that takes the role off the node; it reads the same payload.</summary>
    public const string RemoveCommand = "exec perl - remove";

    /// <summary>Renders script and document.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="machine">Identity of the machine's disk; a fresh disk thus changes the payload and gets the bundle applied. Null: not known.</param>
    /// <returns>The text for standard input of <see cref="ApplyCommand"/> and <see cref="RemoveCommand"/>.</returns>
    /// <exception cref="InvalidSpecException">The bundle is not valid.</exception>
    public static string Payload(Bundle bundle, string? machine = null)
        => NodeScripts.Bundle + "__END__\n" + Document(bundle, machine);

    /// <summary>Renders the document alone.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="machine">Identity of the machine's disk; null: not known.</param>
    /// <returns>The document; its last line counts the others, so that a cut-off transmission is noticed.</returns>
    /// <exception cref="InvalidSpecException">The bundle is not valid.</exception>
    public static string Document(Bundle bundle, string? machine = null)
    {
        InvalidSpecException.ThrowIfAny($"bundle '{bundle.Role}'", BundleValidator.Validate(bundle));
        bundle = WithSysctlFile(bundle);
        var text = new StringBuilder();
        var lines = 0;
        void Line(string line)
        {
            text.Append(line).Append('\n');
            lines++;
        }

        Line("appstack-bundle 1");
        Line($"role: {bundle.Role}");
        if (machine is not null)
        {
            Line($"machine: {machine}");
        }

        if (!bundle.ManagementNetworks.IsEmpty)
        {
            Line($"management: {string.Join(' ', bundle.ManagementNetworks)}");
        }

        foreach (var package in bundle.Packages)
        {
            Line(package.Version is null ? $"package: {package.Name}" : $"package: {package.Name}={package.Version}");
        }

        foreach (var versions in bundle.UnsafeVersions)
        {
            Line($"unsafe: {(versions.Refused ? "refuse" : "warn")} {versions.Package} {versions.From ?? "-"} {versions.Below} {versions.Message}");
        }

        foreach (var user in bundle.Users)
        {
            Line($"user: {user.Name} {user.Home} {user.Shell}");
        }

        foreach (var directory in bundle.Directories)
        {
            Line($"directory: {directory.Mode} {directory.Owner} {directory.Path}");
        }

        foreach (var (key, value) in bundle.Sysctls)
        {
            Line($"sysctl: {key}={value}");
        }

        Hook("drain", bundle.Drain);
        Hook("undrain", bundle.Undrain);
        Hook("gate", bundle.HealthGate);
        foreach (var unit in bundle.Units)
        {
            Line($"unit: {unit.Name} {Name(unit.Start)} {Name(unit.State)}");
        }

        foreach (var group in bundle.FileGroups)
        {
            Line($"file-group: {group.Name}");
            Attribute("check", group.Check);
            Attribute(group.Activation.Verb, group.Activation.Verb.Length == 0 ? null : group.Activation.Target);
            Attribute("disruptive", group.Disruptive ? "yes" : null);
            Attribute("health", group.Health is null ? null : $"{Seconds(group.Health.Timeout)} {group.Health.Command}");
        }

        foreach (var file in bundle.Files)
        {
            Line($"file: {file.Path}");
            Attribute("group", file.Group);
            Attribute("owner", file.Owner);
            Attribute("mode", file.Mode);
            Attribute("secret", file.Secret ? "yes" : null);
            var content = file.Content.Replace("\r\n", "\n", StringComparison.Ordinal);
            var complete = content.EndsWith('\n') || content.Length == 0;
            foreach (var line in content.Length == 0 ? [] : (complete ? content[..^1] : content).Split('\n'))
            {
                Line("  |" + line);
            }

            if (!complete)
            {
                Line("  no-newline-at-end");
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"end: {lines}\n");
        return text.ToString();

        void Hook(string name, BundleHook? hook)
        {
            if (hook is not null)
            {
                Line($"hook: {name} {Seconds(hook.Timeout)} {hook.Command}");
            }
        }

        void Attribute(string name, string? value)
        {
            if (value is not null)
            {
                Line($"  {name}: {value}");
            }
        }
    }

    // The script sets the values at once; the file keeps them over a reboot.
    private static Bundle WithSysctlFile(Bundle bundle) => bundle.Sysctls.IsEmpty
        ? bundle
        : bundle with
        {
            Files = bundle.Files.Insert(0, new BundleFile
            {
                Path = $"/etc/sysctl.d/60-appstack-{bundle.Role}.conf",
                Content = string.Concat(bundle.Sysctls.Select(s => $"{s.Key} = {s.Value}\n")),
            }),
        };

    private static string Name(UnitStart start) => start == UnitStart.Unmanaged ? "-" : start.ToString().ToLowerInvariant();

    private static string Name(UnitState state) => state == UnitState.Unmanaged ? "-" : state.ToString().ToLowerInvariant();

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString("0");
}
