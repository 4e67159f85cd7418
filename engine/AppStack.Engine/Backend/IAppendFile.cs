namespace AppStack.Engine.Backend;

/// <summary>A file that only grows.</summary>
internal interface IAppendFile : IDisposable
{
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Hands what was appended to the system, or waits until it is on disk.</summary>
    void Flush(bool toDisk);
}
