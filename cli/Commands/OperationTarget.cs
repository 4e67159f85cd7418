using AppStack.Engine.Operations;

namespace AppStack.Cli.Commands;

/// <summary>The stack that an operation works on.</summary>
internal sealed record OperationTarget
{
    /// <summary>The stack's name.</summary>
    public required string Stack { get; init; }

    /// <summary>The engine's operations on it.</summary>
    public required IStackOperations Operations { get; init; }

    /// <summary>The program that declares what shall exist.</summary>
    public required Func<Task<int>> Program { get; init; }

    /// <summary>Replaces secrets that the operation has met in a text.</summary>
    public Func<string, string> Mask { get; init; } = static text => text;

    /// <summary>Whether nobody is asked: a lab on this machine hurts nobody.</summary>
    public bool AsksNobody { get; init; }

    /// <summary>How many resources the stack has: the progress bar's guess at how many steps there will be.</summary>
    public Func<int> KnownResources { get; init; } = static () => 0;

    /// <summary>How many of the stack's resources operations tell about: all but the engine's own provider entries.</summary>
    public Func<Task<int>> ToldResources { get; init; } = static () => Task.FromResult(0);
}
