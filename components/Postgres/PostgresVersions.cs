using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using AppStack.Components.Nodes.Bundles;

namespace AppStack.Components.Postgres;

/// <summary>What is known of versions of PostgreSQL.</summary>
public static partial class PostgresVersions
{
    // Major versions whose support has ended, https of the project's versioning policy; the last of the list on 2026-11-12.
    private static readonly ImmutableArray<int> EndOfLife = [9, 10, 11, 12, 13, 14];

    // The first minor release of each major one without known holes (CVE-2025-8713 to 8715, August 2025) and without known loss of data.
    private static readonly ImmutableSortedDictionary<int, int> FirstSafe = new Dictionary<int, int> { [15] = 14, [16] = 10, [17] = 6, [18] = 0 }.ToImmutableSortedDictionary();

    /// <summary>Whether a text is a version of the package of a major version.</summary>
    /// <param name="major">The major version.</param>
    /// <param name="package">The text.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsPackageOf(int major, string package)
    {
        ArgumentNullException.ThrowIfNull(package);
        return PackageVersion().Match(package) is { Success: true } match && match.Groups["major"].Value == major.ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("^(?<major>[0-9]+)\\.[0-9]+-[0-9A-Za-z.+~]+$")]
    private static partial Regex PackageVersion();

    /// <summary>Says why the version that a server runs should not be used.</summary>
    /// <param name="running">What its parameter <c>server_version</c> says, e.g. <c>15.18 (Debian 15.18-0+deb12u1)</c>.</param>
    /// <returns>The reason; null when none is known.</returns>
    public static string? UnsafeRunning(string running)
    {
        ArgumentNullException.ThrowIfNull(running);
        var number = running.Split(' ')[0];
        return int.TryParse(number.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? Unsafe(major, number) : null;
    }

    /// <summary>The versions of the package of a major version that a node judges by itself: what apt installs is known only there.</summary>
    /// <param name="major">The major version; one whose support has ended is refused before any node is asked.</param>
    /// <param name="remedy">How to get a better one there; an imperative, without a full stop.</param>
    /// <param name="refused">Whether they are refused instead of warned of.</param>
    /// <returns>The versions; empty when none is known.</returns>
    public static ImmutableArray<BundleUnsafeVersions> OfPackage(int major, string remedy, bool refused) => FirstSafe.TryGetValue(major, out var first)
        ? [new($"postgresql-{major}", null, $"{major}.{first}", $"{Holes(major, first)}: {remedy}", refused)]
        : [];

    /// <summary>Says why a version should not be used.</summary>
    /// <param name="major">The major version.</param>
    /// <param name="package">The package's version, e.g. <c>15.20-0+deb12u1</c>; null: whichever is installed.</param>
    /// <returns>The reason; null when none is known.</returns>
    public static string? Unsafe(int major, string? package)
    {
        if (EndOfLife.Contains(major))
        {
            return $"PostgreSQL {major} gets no fixes any more; use 15 or later";
        }

        var minor = package is null ? null : package.Split('-')[0].Split('.').Skip(1).FirstOrDefault();
        return FirstSafe.TryGetValue(major, out var first) && int.TryParse(minor, out var number) && number < first
            ? $"PostgreSQL {major}.{number} {Holes(major, first)}"
            : null;
    }

    private static string Holes(int major, int first) => $"has known holes; use {major}.{first} or later";
}
