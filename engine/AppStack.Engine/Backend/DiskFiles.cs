using Microsoft.Win32.SafeHandles;

namespace AppStack.Engine.Backend;

/// <summary>State files on a real disk. Files are readable by their owner only: ciphertexts and configuration are nobody else's business.</summary>
internal sealed class DiskFiles : IStateFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public bool Exists(string path) => File.Exists(path);

    public void Replace(string path, ReadOnlySpan<byte> content, bool durable)
    {
        var temporary = Temporary(path);
        try
        {
            using (var handle = Open(temporary, FileMode.Create))
            {
                RandomAccess.Write(handle, content, 0);
                if (durable)
                {
                    RandomAccess.FlushToDisk(handle);
                }
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        if (durable)
        {
            FlushFolderOf(path);
        }
    }

    public void CreateNew(string path, ReadOnlySpan<byte> content)
    {
        MakeFolderOf(path);
        using var handle = Open(path, FileMode.CreateNew);
        RandomAccess.Write(handle, content, 0);
    }

    public IAppendFile OpenAppend(string path)
    {
        MakeFolderOf(path);
        var file = new AppendFile(Open(path, FileMode.Create));
        FlushFolderOf(path);
        return file;
    }

    public void Append(string path, ReadOnlySpan<byte> content)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Read);
        RandomAccess.Write(handle, content, RandomAccess.GetLength(handle));
        RandomAccess.FlushToDisk(handle);
    }

    // A backup for which there is no room must not cost the one before it.
    public void Copy(string from, string to)
    {
        var temporary = Temporary(to);
        try
        {
            File.Copy(from, temporary, overwrite: true);
            File.Move(temporary, to, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    public void Move(string from, string to)
    {
        MakeFolderOf(to);
        File.Move(from, to, overwrite: true);
    }

    public void Delete(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    public void DeleteFolder(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    public IReadOnlyList<string> Files(string folder) => Directory.Exists(folder) ? Sorted(Directory.GetFiles(folder)) : [];

    public IReadOnlyList<string> Folders(string folder) => Directory.Exists(folder) ? Sorted(Directory.GetDirectories(folder)) : [];

    public DateTimeOffset LastWrite(string path) => new(File.GetLastWriteTimeUtc(path));

    private static string[] Sorted(string[] paths)
    {
        Array.Sort(paths, StringComparer.Ordinal);
        return paths;
    }

    private static void MakeFolderOf(string path) => Directory.CreateDirectory(Path.GetDirectoryName(path)!);

    private static string Temporary(string path)
    {
        MakeFolderOf(path);
        return $"{path}.{Environment.ProcessId}.tmp";
    }

    private static SafeFileHandle Open(string path, FileMode mode)
    {
        var handle = File.OpenHandle(path, mode, FileAccess.Write, FileShare.Read);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(handle, OwnerOnly);
        }

        return handle;
    }

    // A new name is on disk only when its folder is.
    private static void FlushFolderOf(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = NativeFolder.Open(Path.GetDirectoryName(path)!);
        if (descriptor >= 0)
        {
            _ = NativeFolder.Flush(descriptor);
            _ = NativeFolder.Close(descriptor);
        }
    }

    private sealed class AppendFile(SafeFileHandle handle) : IAppendFile
    {
        private readonly MemoryStream _gathered = new();
        private long _length;

        public void Append(ReadOnlySpan<byte> bytes) => _gathered.Write(bytes);

        public void Flush(bool toDisk)
        {
            if (_gathered.Length > 0)
            {
                RandomAccess.Write(handle, _gathered.GetBuffer().AsSpan(0, (int)_gathered.Length), _length);
                _length += _gathered.Length;
                _gathered.SetLength(0);
            }

            if (toDisk)
            {
                RandomAccess.FlushToDisk(handle);
            }
        }

        public void Dispose() => handle.Dispose();
    }
}
