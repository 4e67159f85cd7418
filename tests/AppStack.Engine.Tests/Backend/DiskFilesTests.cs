using AppStack.Engine.Backend;

namespace AppStack.Engine.Tests.Backend;

public sealed class DiskFilesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("appstack-disk-").FullName;
    private readonly DiskFiles _files = new();

    private string Target => Path.Combine(_directory, "below", "file");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_copy_takes_the_place_of_the_old_file()
    {
        var source = Path.Combine(_directory, "source");
        File.WriteAllText(source, "new");
        _files.Replace(Target, "old"u8, durable: true);

        _files.Copy(source, Target);

        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Equal([Target], _files.Files(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void A_copy_that_fails_leaves_the_old_file_and_nothing_else()
    {
        _files.Replace(Target, "old"u8, durable: true);

        // It can be opened, but its first byte cannot be read.
        Assert.ThrowsAny<IOException>(() => _files.Copy("/proc/self/mem", Target));

        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], _files.Files(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void What_is_written_is_for_its_owner_only()
    {
        _files.Replace(Target, "x"u8, durable: false);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
    }
}
