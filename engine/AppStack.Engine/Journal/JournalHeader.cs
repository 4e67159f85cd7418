namespace AppStack.Engine.Journal;

/// <summary>The first line of a journal.</summary>
/// <param name="Format">The journal's own version.</param>
/// <param name="BaseHash">SHA-256 of the checkpoint that the run started from; empty when there was none.</param>
/// <param name="Kind">The operation, as in history.</param>
/// <param name="Started">When it started.</param>
internal sealed record JournalHeader(int Format, string BaseHash, string Kind, string Started)
{
    public const int CurrentFormat = 1;
}
