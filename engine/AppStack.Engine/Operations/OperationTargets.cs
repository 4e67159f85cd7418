using System.Collections.Immutable;
using System.IO.Enumeration;

namespace AppStack.Engine.Operations;

/// <summary>What an operation is restricted to. Patterns are URNs in which <c>*</c> stands for anything.</summary>
internal sealed class OperationTargets(ImmutableArray<string> targets, ImmutableArray<string> excludes)
{
    /// <summary>Whether everything is meant.</summary>
    public bool IsEverything { get; } = targets.IsEmpty && excludes.IsEmpty;

    /// <summary>Whether targets are named, not only exclusions.</summary>
    public bool NamesTargets { get; } = !targets.IsEmpty;

    public bool Includes(string urn) =>
        IsEverything || ((targets.IsEmpty || Matches(targets, urn)) && !Matches(excludes, urn));

    /// <summary>The patterns of the targets that name nothing among some URNs.</summary>
    public ImmutableArray<string> WithoutMatch(IReadOnlyCollection<string> urns) =>
        [.. targets.Where(pattern => !urns.Any(urn => Matches([pattern], urn)))];

    public static bool Matches(ImmutableArray<string> patterns, string urn)
    {
        foreach (var pattern in patterns)
        {
            if (pattern == urn || (pattern.Contains('*', StringComparison.Ordinal) && FileSystemName.MatchesSimpleExpression(Escape(pattern), urn, ignoreCase: false)))
            {
                return true;
            }
        }

        return false;
    }

    // Only the asterisk is special in a pattern.
    private static string Escape(string pattern) =>
        pattern.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal);
}
