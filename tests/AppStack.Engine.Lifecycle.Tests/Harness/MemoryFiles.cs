using AppStack.Engine.Backend;

namespace AppStack.Engine.Lifecycle.Tests.Harness;

/// <summary>A disk in memory, so that thousands of runs take seconds.</summary>
internal sealed class MemoryFiles : IStateFiles
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public byte[]? Read(string path)
    {
        lock (_lock)
        {
            return _files.GetValueOrDefault(path);
        }
    }

    public bool Exists(string path) => Read(path) is not null;

    public void Replace(string path, ReadOnlySpan<byte> content, bool durable)
    {
        var bytes = content.ToArray();
        lock (_lock)
        {
            _files[path] = bytes;
        }
    }

    public void CreateNew(string path, ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        lock (_lock)
        {
            if (!_files.TryAdd(path, bytes))
            {
                throw new IOException($"{path} exists.");
            }
        }
    }

    public IAppendFile OpenAppend(string path)
    {
        Replace(path, [], durable: false);
        return new Appending(this, path);
    }

    public void Append(string path, ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        lock (_lock)
        {
            _files[path] = [.. _files.GetValueOrDefault(path, []), .. bytes];
        }
    }

    public void Copy(string from, string to) => Replace(to, Require(from), durable: false);

    public void Move(string from, string to)
    {
        Copy(from, to);
        Delete(from);
    }

    public void Delete(string path)
    {
        lock (_lock)
        {
            _files.Remove(path);
        }
    }

    public void DeleteFolder(string path)
    {
        lock (_lock)
        {
            foreach (var file in _files.Keys.Where(file => file.StartsWith(path + "/", StringComparison.Ordinal)).ToArray())
            {
                _files.Remove(file);
            }
        }
    }

    public IReadOnlyList<string> Files(string folder)
    {
        lock (_lock)
        {
            return [.. _files.Keys.Where(file => Path.GetDirectoryName(file) == folder)];
        }
    }

    public IReadOnlyList<string> Folders(string folder)
    {
        lock (_lock)
        {
            return
            [
                .. _files.Keys.Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal))
                    .Select(file => file[(folder.Length + 1)..].Split('/'))
                    .Where(parts => parts.Length > 1)
                    .Select(parts => $"{folder}/{parts[0]}")
                    .Distinct(StringComparer.Ordinal),
            ];
        }
    }

    public DateTimeOffset LastWrite(string path)
    {
        Require(path);
        return DateTimeOffset.UnixEpoch;
    }

    private byte[] Require(string path) => Read(path) ?? throw new FileNotFoundException("There is no such file.", path);

    private sealed class Appending(MemoryFiles files, string path) : IAppendFile
    {
        private readonly MemoryStream _gathered = new();

        public void Append(ReadOnlySpan<byte> bytes) => _gathered.Write(bytes);

        public void Flush(bool toDisk)
        {
            files.Append(path, _gathered.ToArray());
            _gathered.SetLength(0);
        }

        public void Dispose() => _gathered.Dispose();
    }
}
