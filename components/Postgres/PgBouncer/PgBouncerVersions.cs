using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using AppStack.Components.Nodes.Bundles;

namespace AppStack.Components.Postgres.PgBouncer;

/// <summary>What is known of versions of PgBouncer.</summary>
public static partial class PgBouncerVersions
{
    private const string Package = "pgbouncer";

    // Debian 12 mended its own package, whose upstream version stays; the change log of pgbouncer 1.18.0-1+deb12u1 names the CVE. Other releases are not in
    // the table until somebody has read theirs.
    private const string Mended = "1.18.0-1+deb12u";
    private const int FirstMended = 1;

    // In dpkg's order this comes after all updates of that package, and before everything else that Debian could have made of the same upstream version.
    private const string AfterMended = "1.18.0-1+deb12v";

    // CVE-2025-12819: a search_path in the first message of a client that has not logged in runs SQL while auth_query does. Upstream's first version without it.
    private static readonly Version FirstSafe = new(1, 25, 1);

    /// <summary>Says why a version should not be used.</summary>
    /// <param name="package">The version of the package, e.g. <c>1.18.0-1+deb12u1</c>.</param>
    /// <returns>The reason; null when none is known.</returns>
    public static string? Unsafe(string package)
    {
        ArgumentNullException.ThrowIfNull(package);
        if (PackageVersion().Match(package) is not { Success: true } match || !Version.TryParse(match.Groups["upstream"].Value, out var upstream))
        {
            return null;
        }

        // What follows a tilde comes before the version itself: 1.25.1~rc1.
        var old = upstream < FirstSafe || (upstream == FirstSafe && match.Groups["early"].Success);
        return old && !IsMended(package)
            ? $"PgBouncer {package} {Hole}"
            : null;
    }

    /// <summary>The versions of the package that a node judges by itself: what apt installs is known only there.</summary>
    /// <param name="remedy">How to get a better one there; an imperative, without a full stop.</param>
    /// <param name="refused">Whether they are refused instead of warned of.</param>
    /// <returns>The versions.</returns>
    public static ImmutableArray<BundleUnsafeVersions> OfPackage(string remedy, bool refused)
    {
        var message = $"{Hole}: {remedy}";
        return
        [
            new(Package, null, string.Create(CultureInfo.InvariantCulture, $"{Mended}{FirstMended}"), message, refused),
            new(Package, AfterMended, FirstSafe.ToString(), message, refused),
        ];
    }

    private static string Hole => string.Create(CultureInfo.InvariantCulture, $"lets who has not logged in run SQL (CVE-2025-12819); use {FirstSafe} or later, or Debian's package {Mended}{FirstMended} or a later update of it");

    private static bool IsMended(string package) =>
        package.StartsWith(Mended, StringComparison.Ordinal)
        && int.TryParse(string.Concat(package[Mended.Length..].TakeWhile(char.IsAsciiDigit)), NumberStyles.None, CultureInfo.InvariantCulture, out var update)
        && update >= FirstMended;

    [GeneratedRegex("^(?<upstream>[0-9]+\\.[0-9]+(?:\\.[0-9]+)?)(?<early>~[0-9A-Za-z.]+)?(?:[-+].*)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex PackageVersion();
}
