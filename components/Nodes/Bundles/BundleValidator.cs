using System.Text.RegularExpressions;

namespace AppStack.Components.Nodes.Bundles;

/// <summary>Refuses bundles that the node's script could misread or that contradict themselves.</summary>
public static partial class BundleValidator
{
    /// <summary>Checks a bundle.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(Bundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var problems = new List<SpecProblem>();
        void Add(string path, string message) => problems.Add(new(path, message));
        void Unique(string path, IEnumerable<string> names)
        {
            foreach (var name in names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1))
            {
                Add(path, $"'{name.Key}' is named {name.Count()} times");
            }
        }

        if (!NamePattern().IsMatch(bundle.Role))
        {
            Add("role", $"'{bundle.Role}' is not a name; use lower-case letters, digits and hyphens");
        }

        Unique("files", bundle.Files.Select(f => f.Path));
        Unique("fileGroups", bundle.FileGroups.Select(g => g.Name));
        Unique("units", bundle.Units.Select(u => u.Name));
        Unique("packages", bundle.Packages.Select(p => p.Name));
        foreach (var (versions, i) in bundle.UnsafeVersions.Select((v, i) => (v, i)))
        {
            CheckLine($"unsafeVersions[{i}].message", versions.Message);
            if (bundle.Packages.All(p => p.Name != versions.Package))
            {
                Add($"unsafeVersions[{i}].package", $"'{versions.Package}' is not a package of the bundle");
            }

            foreach (var version in new[] { versions.From, versions.Below }.OfType<string>().Where(v => !VersionPattern().IsMatch(v)))
            {
                Add($"unsafeVersions[{i}]", $"'{version}' is not a version of a Debian package");
            }
        }

        foreach (var (file, i) in bundle.Files.Select((f, i) => (f, i)))
        {
            CheckPath($"files[{i}].path", file.Path);
            CheckAttributes($"files[{i}]", file.Mode, file.Owner);
            if (file.Content.Contains('\0', StringComparison.Ordinal))
            {
                Add($"files[{i}].content", $"{file.Path} holds a NUL character; only text files can be sent");
            }

            if (file.Group is not null && bundle.FileGroups.All(g => g.Name != file.Group))
            {
                Add($"files[{i}].group", $"there is no file group '{file.Group}'");
            }
        }

        foreach (var (directory, i) in bundle.Directories.Select((d, i) => (d, i)))
        {
            CheckPath($"directories[{i}].path", directory.Path);
            CheckAttributes($"directories[{i}]", directory.Mode, directory.Owner);
        }

        foreach (var (group, i) in bundle.FileGroups.Select((g, i) => (g, i)))
        {
            CheckLine($"fileGroups[{i}].check", group.Check);
            CheckLine($"fileGroups[{i}].activation", group.Activation.Target);
            CheckHook($"fileGroups[{i}].health", group.Health);
            foreach (Match placeholder in PlaceholderPattern().Matches(group.Check ?? ""))
            {
                if (bundle.Files.All(f => f.Path != placeholder.Groups[1].Value))
                {
                    Add($"fileGroups[{i}].check", $"'{placeholder.Value}' is not a file of the bundle");
                }
            }

            if (group.Activation.Verb is "reload" or "restart" && bundle.Units.All(u => u.Name != group.Activation.Target))
            {
                Add($"fileGroups[{i}].activation", $"'{group.Activation.Target}' is not a unit of the bundle");
            }
        }

        foreach (var (unit, i) in bundle.Units.Select((u, i) => (u, i)))
        {
            if (!UnitPattern().IsMatch(unit.Name))
            {
                Add($"units[{i}].name", $"'{unit.Name}' is not a unit's full name, e.g. haproxy.service");
            }

            if (unit.Start == UnitStart.Masked && unit.State == UnitState.Started)
            {
                Add($"units[{i}]", $"{unit.Name} cannot be masked and started");
            }
        }

        foreach (var (key, value) in bundle.Sysctls)
        {
            CheckLine($"sysctls.{key}", value);
        }

        CheckHook("drain", bundle.Drain);
        CheckHook("undrain", bundle.Undrain);
        CheckHook("healthGate", bundle.HealthGate);
        return problems;

        void CheckPath(string where, string path)
        {
            if (!path.StartsWith('/') || path.EndsWith('/') || path.Contains("/../", StringComparison.Ordinal) || path.AsSpan().ContainsAny("\n{} "))
            {
                Add(where, $"'{path}' must be an absolute path without '..', spaces and braces");
            }
        }

        void CheckAttributes(string where, string mode, string owner)
        {
            if (!ModePattern().IsMatch(mode))
            {
                Add($"{where}.mode", $"'{mode}' must be four octal digits, e.g. 0644");
            }

            if (!OwnerPattern().IsMatch(owner))
            {
                Add($"{where}.owner", $"'{owner}' must be user:group");
            }
        }

        void CheckLine(string where, string? text)
        {
            if (text?.Contains('\n', StringComparison.Ordinal) == true)
            {
                Add(where, "must be one line");
            }
        }

        void CheckHook(string where, BundleHook? hook)
        {
            CheckLine(where, hook?.Command);
            if (hook is not null && hook.Timeout < TimeSpan.FromSeconds(1))
            {
                Add(where, $"the time-out is {hook.Timeout}; it must be at least one second");
            }
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[0-9][0-9A-Za-z.+~:-]*$")]
    private static partial Regex VersionPattern();

    [GeneratedRegex("^[0-7]{4}$")]
    private static partial Regex ModePattern();

    [GeneratedRegex("^[a-zA-Z0-9_-]+:[a-zA-Z0-9_-]+$")]
    private static partial Regex OwnerPattern();

    [GeneratedRegex(@"^[A-Za-z0-9:_.@\\-]+\.(service|socket|timer|path|target|mount)$")]
    private static partial Regex UnitPattern();

    [GeneratedRegex(@"\{(/[^}]*)\}")]
    private static partial Regex PlaceholderPattern();
}
