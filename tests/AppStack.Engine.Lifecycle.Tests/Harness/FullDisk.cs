using AppStack.Engine.Backend;

namespace AppStack.Engine.Lifecycle.Tests.Harness;

/// <summary>
/// A disk on which there is no room any more from its n-th growth on. Of what is being written at that moment half is there. Deleting and
/// renaming go on working, but free nothing.
/// </summary>
internal sealed class FullDisk(int fullAt, IStateFiles? disk = null) : IStateFiles
{
    private readonly IStateFiles _disk = disk ?? new DiskFiles();
    private int _growths;

    /// <summary>Whether something found no room.</summary>
    public bool IsFull => Volatile.Read(ref _growths) >= fullAt;

    public byte[]? Read(string path) => _disk.Read(path);

    public bool Exists(string path) => _disk.Exists(path);

    public void Replace(string path, ReadOnlySpan<byte> content, bool durable)
    {
        Grow();
        _disk.Replace(path, content, durable);
    }

    public void CreateNew(string path, ReadOnlySpan<byte> content)
    {
        Grow();
        _disk.CreateNew(path, content);
    }

    public IAppendFile OpenAppend(string path)
    {
        Grow();
        return new Appending(this, _disk.OpenAppend(path));
    }

    public void Append(string path, ReadOnlySpan<byte> content)
    {
        if (HasNoRoom())
        {
            _disk.Append(path, content[..(content.Length / 2)]);
            throw NoRoom();
        }

        _disk.Append(path, content);
    }

    public void Copy(string from, string to)
    {
        Grow();
        _disk.Copy(from, to);
    }

    public void Move(string from, string to) => _disk.Move(from, to);

    public void Delete(string path) => _disk.Delete(path);

    public void DeleteFolder(string path) => _disk.DeleteFolder(path);

    public IReadOnlyList<string> Files(string folder) => _disk.Files(folder);

    public IReadOnlyList<string> Folders(string folder) => _disk.Folders(folder);

    public DateTimeOffset LastWrite(string path) => _disk.LastWrite(path);

    private static IOException NoRoom() => new("No space left on device");

    private bool HasNoRoom() => Interlocked.Increment(ref _growths) >= fullAt;

    private void Grow()
    {
        if (HasNoRoom())
        {
            throw NoRoom();
        }
    }

    private sealed class Appending(FullDisk disk, IAppendFile file) : IAppendFile
    {
        private readonly MemoryStream _gathered = new();

        public void Append(ReadOnlySpan<byte> bytes) => _gathered.Write(bytes);

        public void Flush(bool toDisk)
        {
            var bytes = _gathered.ToArray();
            _gathered.SetLength(0);
            if (bytes.Length > 0 && disk.HasNoRoom())
            {
                file.Append(bytes.AsSpan(0, bytes.Length / 2));
                file.Flush(toDisk: false);
                throw NoRoom();
            }

            file.Append(bytes);
            file.Flush(toDisk: false);
        }

        public void Dispose() => file.Dispose();
    }
}
