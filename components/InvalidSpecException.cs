using System.Collections.Immutable;
using Pulumi;

namespace AppStack.Components;

/// <summary>
/// A specification was refused. The message lists every problem with the path of its key; as it is a mistake of an input and not of the program,
/// it is shown without a stack trace, as any <see cref="RunException"/>.
/// </summary>
public sealed class InvalidSpecException : RunException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="what">What was validated, e.g. <c>load balancers 'edge'</c>.</param>
    /// <param name="problems">All problems; at least one.</param>
    public InvalidSpecException(string what, IEnumerable<SpecProblem> problems)
        : this(what, problems.ToImmutableArray())
    {
    }

    private InvalidSpecException(string what, ImmutableArray<SpecProblem> problems)
        : base($"{what}: {problems.Length} problem(s)\n" + string.Join('\n', problems.Select(p => "  " + p)))
        => Problems = problems;

    /// <summary>All problems that were found.</summary>
    public ImmutableArray<SpecProblem> Problems { get; }

    /// <summary>Throws when there is any problem.</summary>
    /// <param name="what">What was validated.</param>
    /// <param name="problems">The validator's answer.</param>
    /// <exception cref="InvalidSpecException"><paramref name="problems"/> is not empty.</exception>
    public static void ThrowIfAny(string what, IReadOnlyCollection<SpecProblem> problems)
    {
        if (problems.Count > 0)
        {
            throw new InvalidSpecException(what, problems);
        }
    }
}
