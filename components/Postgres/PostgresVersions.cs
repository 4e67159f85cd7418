using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

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
            ? $"PostgreSQL {major}.{number} has known holes; use {major}.{first} or later"
            : null;
    }
}
