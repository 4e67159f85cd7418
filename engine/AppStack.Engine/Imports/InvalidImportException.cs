using System.Collections.Immutable;
using AppStack.Engine.Diagnostics;

namespace AppStack.Engine.Imports;

/// <summary>An import that makes no sense as it is written. Nothing was read and nothing was changed.</summary>
public sealed class InvalidImportException : StackException
{
    /// <summary>Names all that is wrong.</summary>
    public InvalidImportException(ImmutableArray<string> problems)
        : base(string.Join('\n', problems)) => Problems = problems;

    /// <summary>All that is wrong.</summary>
    public ImmutableArray<string> Problems { get; }
}
