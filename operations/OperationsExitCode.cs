namespace AppStack.Operations;

/// <summary>The exit codes of <c>verify</c>, <c>drill</c> and <c>bench</c>.</summary>
public static class OperationsExitCode
{
    /// <summary>Everything is as it should be; the drill has passed.</summary>
    public const int Ok = 0;

    /// <summary>Something is off; the drill has not passed, or could not be run.</summary>
    public const int Off = 1;

    /// <summary>An argument is wrong; nothing was done.</summary>
    public const int BadInput = 2;

    /// <summary>The environment does not welcome drills; nothing was done.</summary>
    public const int Refused = 3;
}
