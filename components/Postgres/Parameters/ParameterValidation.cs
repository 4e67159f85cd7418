using System.Collections.Immutable;
using AppStack.Components.Nodes;

namespace AppStack.Components.Postgres.Parameters;

/// <summary>Checks a user's parameters against what the version of PostgreSQL knows.</summary>
internal static class ParameterValidation
{
    private const string Target = "ends every replay there: standbys would stop following, and none could take over. Restores are of nodes with the role restore (`appstack-restore begin`); leave it out";

    private const string Upstream = "is told to each standby by its guard, which knows who leads; leave it out";

    private const string Command = "would run with every standby's replay, which then waits for it or takes away what others need; leave it out";

    // What PostgreSQL knows and what undoes what the cluster is for, with the reason. The cluster does not set it either, so it is not forced.
    private static readonly ImmutableSortedDictionary<string, string> Refused = new Dictionary<string, string>
    {
        ["archive_cleanup_command"] = Command,
        ["archive_library"] = "would take the place of the command that archives WAL: backups would be missing what was written since; leave it out",
        ["primary_conninfo"] = Upstream,
        ["primary_slot_name"] = Upstream,
        ["promote_trigger_file"] = "would promote a standby to which nobody granted the lease; use `appstack db switchover`, and leave it out",
        ["recovery_end_command"] = Command,
        ["recovery_min_apply_delay"] = "keeps standbys behind: a promotion would wait as long, and the promised time would not hold; leave it out",
        ["recovery_target"] = Target,
        ["recovery_target_action"] = Target,
        ["recovery_target_inclusive"] = Target,
        ["recovery_target_lsn"] = Target,
        ["recovery_target_name"] = Target,
        ["recovery_target_time"] = Target,
        ["recovery_target_xid"] = Target,
    }.ToImmutableSortedDictionary(StringComparer.OrdinalIgnoreCase);

    public static void Validate(NetworkProblems problems, RepmgrClusterSpec spec)
    {
        if (spec.Parameters.IsEmpty || spec.Nodes.IsDefaultOrEmpty)
        {
            return;
        }

        if (ParameterCatalog.Of(spec.Version) is not { } known)
        {
            problems.Add("parameters", $"cannot be checked: there is no list of the parameters of PostgreSQL {spec.Version}; add components/Postgres/Parameters/{spec.Version}.tsv from a server of that version");
            return;
        }

        var forced = ParameterLayers.Forced(spec, spec.Nodes[0]);
        foreach (var (name, value) in spec.Parameters)
        {
            var path = $"parameters.{name}";
            if (ParameterLayers.Heeded.Contains(name))
            {
                continue;
            }

            // PostgreSQL does not tell capitals from small letters.
            if (forced.Keys.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                problems.Add(path, "is set by the platform, because the cluster depends on it; leave it out");
            }
            else if (Refused.TryGetValue(name, out var reason))
            {
                problems.Add(path, reason);
            }
            else if (!known.TryGetValue(name, out var definition))
            {
                // Parameters of extensions have a prefix; PostgreSQL learns of them when the extension is loaded.
                problems.AddIf(!name.Contains('.', StringComparison.Ordinal), path, $"PostgreSQL {spec.Version} has no such parameter{Nearest(name, known.Keys)}");
            }
            else if (definition.Problem(value) is { } wrong)
            {
                problems.Add(path, wrong);
            }

            problems.AddIf(value.AsSpan().IndexOfAny('\n', '\r', '\0') >= 0, path, "has a line break");
        }
    }

    private static string Nearest(string name, IEnumerable<string> known)
    {
        var (best, distance) = known.Select(k => (k, Distance(name, k))).MinBy(found => found.Item2);
        return distance <= Math.Max(2, name.Length / 4) ? $"; did you mean '{best}'?" : "";
    }

    // Levenshtein's distance.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
