using System.Globalization;
using AppStack.Components.Certificates;
using static AppStack.Operations.Verification.VerifyCheck;

namespace AppStack.Operations.Verification;

/// <summary>Judges when the certificates end that a node has of the platform's authorities: servers, poolers, backups, metrics. Those of Kubernetes are its own evaluator's.</summary>
internal static class CertificateEvaluator
{
    /// <summary>What the probe calls the node's own time, in the place of a file.</summary>
    public const string Now = "now";

    /// <summary>
    /// With less than this left what renews certificates does not work. Of the platform's own an <c>up</c> now and then never lets one come so near to its end
    /// (<see cref="CertificatePeriod"/>); kubeadm's are renewed when they have 90 days left, kubelet's own after at most 90 % of its year.
    /// </summary>
    public static readonly TimeSpan LeastValidity = TimeSpan.FromDays(30);

    /// <summary>No check where the node has none.</summary>
    public static IEnumerable<VerifyCheck> Evaluate(NodeExpectation node, ProbeOutput probe)
    {
        var lines = probe[ProbeScript.Certificates].Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var read = lines.Select(Read).ToList();
        if (read.Exists(found => found is null) || read.Find(found => found!.Value.File == Now) is not { } now)
        {
            yield return Fail("certificates", node, $"they cannot be read: {lines.ElementAtOrDefault(read.FindIndex(found => found is null)) ?? "no answer"}");
            yield break;
        }

        var ends = read.OfType<(string File, DateTimeOffset End)>().Where(found => found.File != Now)
            .Select(found => (found.File, Days: Math.Floor((found.End - now.End).TotalDays))).OrderBy(found => found.Days).ToList();
        if (ends.Count == 0)
        {
            yield break;
        }

        var due = ends.Where(found => found.Days < LeastValidity.TotalDays)
            .Select(found => string.Create(CultureInfo.InvariantCulture, $"{found.File} {(found.Days < 0 ? "has ended" : $"ends in {found.Days:0} days")}")).ToList();
        yield return due.Count == 0
            ? Pass("certificates", node, string.Create(CultureInfo.InvariantCulture, $"{ends.Count}, the first ends in {ends[0].Days:0} days"))
            : Fail("certificates", node, $"{string.Join("; ", due)}; `appstack up` renews certificates");
    }

    // openssl's: Nov 24 13:26:57 2036 GMT, a day below ten with two spaces before it.
    private static (string File, DateTimeOffset End)? Read(string line)
    {
        const string Zone = " GMT ";
        var at = line.IndexOf(Zone, StringComparison.Ordinal);
        return at > 0 && DateTimeOffset.TryParseExact(
            line[..at], "MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var end) ? (line[(at + Zone.Length)..], end) : null;
    }
}
