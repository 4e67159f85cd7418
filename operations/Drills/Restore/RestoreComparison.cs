using System.Security.Cryptography;
using System.Text;
using AppStack.Operations.Load;

namespace AppStack.Operations.Drills.Restore;

/// <summary>What a copy that was restored to a moment holds, compared with what it should.</summary>
/// <param name="Rows">Rows that were acknowledged before the moment: all of them must be in the copy.</param>
/// <param name="Lost">Those that are not.</param>
/// <param name="Changed">Those that are there but differ from the cluster's.</param>
/// <param name="Duplicated">Ids that the copy holds more than once.</param>
/// <param name="TooNew">Rows in the copy whose statement was sent after the moment: none may be.</param>
/// <param name="Checksum">Of the rows that must be there, as the cluster held them (SHA-256).</param>
/// <param name="CopyChecksum">Of the same rows in the copy; equal when nothing is lost or changed.</param>
/// <param name="RpoMs">From the newest row of the copy to the moment, in milliseconds: what of the last writes a restore cannot reach.</param>
public sealed record RestoreComparison(int Rows, int Lost, int Changed, int Duplicated, int TooNew, string Checksum, string CopyChecksum, double RpoMs)
{
    /// <summary>Whether the copy is what the cluster was at that moment.</summary>
    public bool Ok => Rows > 0 && Lost == 0 && Changed == 0 && Duplicated == 0 && TooNew == 0 && Checksum == CopyChecksum;

    /// <summary>Compares.</summary>
    /// <param name="samples">What became of each insert.</param>
    /// <param name="before">The moment on the samples' clock, at the earliest: what was acknowledged until then must be there.</param>
    /// <param name="after">The same at the latest: what was sent from then on must not be there.</param>
    /// <param name="momentMicros">The moment on the server's clock, in microseconds since 1970.</param>
    /// <param name="live">The rows of the cluster.</param>
    /// <param name="copy">The rows of the copy.</param>
    internal static RestoreComparison Of(
        IReadOnlyCollection<WriteSample> samples, long before, long after, long momentMicros, IReadOnlyCollection<RestoredRow> live, IReadOnlyCollection<RestoredRow> copy)
    {
        var must = samples.Where(sample => sample.Acknowledged && sample.EndMicros <= before).Select(sample => sample.Id).Order().ToList();
        var mustNot = samples.Where(sample => sample.StartMicros >= after).Select(sample => sample.Id).ToHashSet();
        var expected = live.GroupBy(row => row.Id).ToDictionary(rows => rows.Key, rows => rows.First().Text);
        var found = copy.GroupBy(row => row.Id).ToDictionary(rows => rows.Key, rows => rows.Select(row => row.Text).ToList());
        return new RestoreComparison(
            must.Count,
            Lost: must.Count(id => !found.ContainsKey(id)),
            Changed: must.Count(id => found.TryGetValue(id, out var texts) && texts.Any(text => text != expected.GetValueOrDefault(id))),
            Duplicated: found.Values.Count(texts => texts.Count > 1),
            TooNew: found.Keys.Count(mustNot.Contains),
            Hash(must.Select(id => expected.GetValueOrDefault(id, ""))),
            Hash(must.Select(id => found.TryGetValue(id, out var texts) ? texts[0] : "")),
            copy.Count == 0 ? double.PositiveInfinity : Math.Max(0, (momentMicros - copy.Max(row => row.AtMicros)) / 1000.0));
    }

    private static string Hash(IEnumerable<string> rows) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))));
}
