using AppStack.Engine.Backend;

namespace AppStack.Engine.Lifecycle.Tests.Harness;

/// <summary>The machine is gone: nothing is written any more, nothing is done any more.</summary>
internal sealed class MachineDiedException() : Exception("The machine died.");

/// <summary>
/// Files on a machine that dies at its n-th change of the disk. What is being written at that moment is torn: the first half is there.
/// </summary>
internal sealed class DyingMachine(int dieAt, IStateFiles? disk = null) : IStateFiles
{
    private readonly IStateFiles _disk = disk ?? new DiskFiles();
    private int _changes;

    public bool IsDead { get; private set; }

    public byte[]? Read(string path) => _disk.Read(path);

    public bool Exists(string path) => _disk.Exists(path);

    public void Replace(string path, ReadOnlySpan<byte> content, bool durable)
    {
        if (Change())
        {
            // Torn before the rename: only the temporary file is damaged.
            _disk.Replace(path + ".torn.tmp", content[..(content.Length / 2)], durable: false);
            Die();
        }

        _disk.Replace(path, content, durable);
    }

    public void CreateNew(string path, ReadOnlySpan<byte> content)
    {
        DieOnChange();
        _disk.CreateNew(path, content);
    }

    public IAppendFile OpenAppend(string path)
    {
        DieOnChange();
        return new Appending(this, _disk.OpenAppend(path));
    }

    public void Append(string path, ReadOnlySpan<byte> content)
    {
        DieOnChange();
        _disk.Append(path, content);
    }

    public void Copy(string from, string to)
    {
        DieOnChange();
        _disk.Copy(from, to);
    }

    public void Move(string from, string to)
    {
        DieOnChange();
        _disk.Move(from, to);
    }

    public void Delete(string path)
    {
        DieOnChange();
        _disk.Delete(path);
    }

    public void DeleteFolder(string path)
    {
        DieOnChange();
        _disk.DeleteFolder(path);
    }

    public IReadOnlyList<string> Files(string folder) => _disk.Files(folder);

    public IReadOnlyList<string> Folders(string folder) => _disk.Folders(folder);

    public DateTimeOffset LastWrite(string path) => _disk.LastWrite(path);

    public void ThrowIfDead()
    {
        if (IsDead)
        {
            throw new MachineDiedException();
        }
    }

    private bool Change()
    {
        ThrowIfDead();
        return Interlocked.Increment(ref _changes) == dieAt;
    }

    private void DieOnChange()
    {
        if (Change())
        {
            Die();
        }
    }

    private void Die()
    {
        IsDead = true;
        throw new MachineDiedException();
    }

    private sealed class Appending(DyingMachine machine, IAppendFile file) : IAppendFile
    {
        private readonly MemoryStream _gathered = new();

        public void Append(ReadOnlySpan<byte> bytes) => _gathered.Write(bytes);

        public void Flush(bool toDisk)
        {
            if (_gathered.Length == 0)
            {
                return;
            }

            var bytes = _gathered.ToArray();
            _gathered.SetLength(0);
            if (machine.Change())
            {
                file.Append(bytes.AsSpan(0, bytes.Length / 2));
                file.Flush(toDisk: false);
                machine.Die();
            }

            file.Append(bytes);
            file.Flush(toDisk: false);
        }

        public void Dispose() => file.Dispose();
    }
}

/// <summary>Processes of a test: each run is one, and all but the present one are gone.</summary>
internal sealed class TestProcesses : IProcessTable
{
    public string HostName { get; set; } = "here";

    public string UserName => "tester";

    public int CurrentProcess { get; set; } = 1;

    /// <summary>Processes of others that live.</summary>
    public Dictionary<int, DateTimeOffset> Others { get; } = [];

    public DateTimeOffset? Started(int processId) =>
        processId == CurrentProcess ? DateTimeOffset.UnixEpoch : Others.TryGetValue(processId, out var started) ? started : null;
}
