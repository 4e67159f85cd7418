namespace AppStack.Engine.Backend;

/// <summary>Where a preview writes: nowhere.</summary>
internal sealed class NoFiles : IStateFiles
{
    public static NoFiles Instance { get; } = new();

    public byte[]? Read(string path) => null;

    public bool Exists(string path) => false;

    public void Replace(string path, ReadOnlySpan<byte> content, bool durable)
    {
    }

    public void CreateNew(string path, ReadOnlySpan<byte> content)
    {
    }

    public IAppendFile OpenAppend(string path) => Nothing.Instance;

    public void Append(string path, ReadOnlySpan<byte> content)
    {
    }

    public void Copy(string from, string to)
    {
    }

    public void Move(string from, string to)
    {
    }

    public void Delete(string path)
    {
    }

    public void DeleteFolder(string path)
    {
    }

    public IReadOnlyList<string> Files(string folder) => [];

    public IReadOnlyList<string> Folders(string folder) => [];

    public DateTimeOffset LastWrite(string path) => DateTimeOffset.UnixEpoch;

    private sealed class Nothing : IAppendFile
    {
        public static Nothing Instance { get; } = new();

        public void Append(ReadOnlySpan<byte> bytes)
        {
        }

        public void Flush(bool toDisk)
        {
        }

        public void Dispose()
        {
        }
    }
}
