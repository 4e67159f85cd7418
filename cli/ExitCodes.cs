namespace AppStack.Cli;

/// <summary>What a command's exit code tells. Documented in docs/cli.md and at the end of <c>--help</c>.</summary>
internal static class ExitCodes
{
    /// <summary>Everything asked for was done, or everything looked at is as it should be.</summary>
    public const int Done = 0;

    /// <summary>Something failed, or something looked at is off.</summary>
    public const int Failed = 1;

    /// <summary>The command line, the descriptor or the configuration is wrong; nothing was changed.</summary>
    public const int BadInput = 2;

    /// <summary>Refused: not confirmed, or not welcome in this environment; nothing was changed.</summary>
    public const int Refused = 3;

    /// <summary>Somebody else works on the stack; nothing was changed.</summary>
    public const int Locked = 4;

    /// <summary>Stopped on request (Ctrl-C); what was done is in the state.</summary>
    public const int Interrupted = 130;

    /// <summary>The codes for people.</summary>
    public const string Help = """
        Exit codes:
          0    done, or all is well
          1    something failed, or something is off
          2    wrong command line, descriptor or configuration; nothing was changed
          3    refused or not confirmed; nothing was changed
          4    the stack is locked by somebody else; nothing was changed
          130  interrupted; what was done is in the state
        """;
}
