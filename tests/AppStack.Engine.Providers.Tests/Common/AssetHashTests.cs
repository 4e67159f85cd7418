using System.Formats.Tar;
using System.IO.Compression;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Tests.Common;

/// <summary>The expected hashes are Pulumi's own test vectors, or what Go's archive/tar (1.19) made of the same files.</summary>
public sealed class AssetHashTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("appstack-hash-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("a test asset", "e34c74529110661faae4e121e57165ff4cb4dbdde1ef9770098aa3695e6b6704")]
    [InlineData("a very different and special test asset", "9a6ed070e1ff834427105844ffd8a399a634753ce7a60ec5aae541524bbe7036")]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public async Task An_asset_has_the_hash_of_its_content(string text, string expected)
    {
        Put("file", text);

        Assert.Equal(expected, await HashAsync(Text(text)));
        Assert.Equal(expected, await HashAsync(new PropertyValue.Asset("", Path: "file")));
        Assert.Equal(expected, await HashAsync(new PropertyValue.Asset("", Uri: $"file://{_directory}/file")));
    }

    [Fact]
    public async Task An_archive_without_members_is_an_empty_tar_file() =>
        Assert.Equal("5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef", await HashAsync(Archive()));

    [Theory]
    [InlineData("a test asset", "27ab4a14a617df10cff3e1cf4e30cf510302afe56bf4cc91f84041c9f7b62fd8")]
    [InlineData("", "d2587a875f82cdf3d3e6cfe9f8c6e6032be5dde8c344466e664e628da15757b0")]
    public async Task An_archive_of_assets_has_the_hash_of_its_tar_file(string text, string expected) =>
        Assert.Equal(expected, await HashAsync(Archive(("foo", Text(text)))));

    [Fact]
    public async Task Files_of_whole_and_of_broken_blocks() =>
        Assert.Equal(
            ("e907faa2c552ca2b5c909eb11ce9f48b7fc214f7702754a6fd4a797240634339", "7161b4d27249c8c725ed093f7e1bfdf4da43c5c97f327e62cd2a2f745516a9ee"),
            (await HashAsync(Archive(("b", Text(new string('x', 512))))), await HashAsync(Archive(("b", Text(new string('x', 513))), ("c/dir", Text(""))))));

    [Fact]
    public async Task Long_paths_are_split_or_written_as_extended_headers()
    {
        var split = $"{new string('d', 60)}/{new string('e', 60)}/file";
        var deep = string.Concat(Enumerable.Repeat("d/", 150)) + "f";

        Assert.Equal("19ba893415109121d228ae7a6763dbeadc0d4792bcb9e5df35dd9c3b9259ccc9", await HashAsync(Archive((split, Text("x")))));
        Assert.Equal("4edae971477175b68bfaae1bff7876eca066f070f2da55c367628310f36632bb", await HashAsync(Archive((new string('n', 120), Text("x")))));
        Assert.Equal("3e4ac62af7d839684dec3cf1513deb6ad46821c18f6a76c5954e8b2573feafa2", await HashAsync(Archive((deep, Text("x")))));
    }

    [Fact]
    public async Task Paths_beyond_ascii_are_written_as_extended_headers() =>
        Assert.Equal("550ddaaa252336d8f6dcb87f8628f1660dd3384b96348d4b9d2cb83eaa8420a9", await HashAsync(Archive(("é/über.txt", Text("x")))));

    [Fact]
    public async Task A_directory_is_walked_folder_by_folder()
    {
        // 'a/...' comes before 'a-b', although '-' sorts before '/'.
        Put("tree/a-b", "3");
        Put("tree/a/b", "1");
        Put("tree/a/c/d", "2");
        Put("tree/z", "4");

        const string Expected = "6c53d24b8953ace0881ead770167a1591d9b92e39b57d652032ae7043557bfaa";
        Assert.Equal(Expected, await HashAsync(new PropertyValue.Archive("", Path: "tree")));
        Assert.Equal(Expected, await HashAsync(new PropertyValue.Archive("", Path: $"{_directory}/tree/")));
    }

    [Fact]
    public async Task Neither_mode_nor_time_nor_empty_folders_nor_links_to_folders_nor_pulumi_s_own_folder_count()
    {
        Put("tree/a/b", "1");
        var before = await HashAsync(new PropertyValue.Archive("", Path: "tree"));

        File.SetUnixFileMode($"{_directory}/tree/a/b", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.SetLastWriteTimeUtc($"{_directory}/tree/a/b", DateTime.UnixEpoch);
        Directory.CreateDirectory($"{_directory}/tree/empty");
        Directory.CreateSymbolicLink($"{_directory}/tree/loop", $"{_directory}/tree");
        Put("tree/.pulumi/state", "x");

        Assert.Equal(before, await HashAsync(new PropertyValue.Archive("", Path: "tree")));
    }

    [Fact]
    public async Task A_link_to_a_file_counts_as_the_file()
    {
        Put("outside", "1");
        Put("plain/f", "1");
        Directory.CreateDirectory($"{_directory}/linked");
        File.CreateSymbolicLink($"{_directory}/linked/f", $"{_directory}/outside");

        Assert.Equal(await HashAsync(new PropertyValue.Archive("", Path: "plain")), await HashAsync(new PropertyValue.Archive("", Path: "linked")));
    }

    [Theory]
    [InlineData("a.tar")]
    [InlineData("a.tgz")]
    [InlineData("a.tar.gz")]
    [InlineData("a.zip")]
    [InlineData("a.jar")]
    public async Task An_archive_file_has_the_hash_of_its_bytes(string name)
    {
        Put(name, "a test asset");

        Assert.Equal("e34c74529110661faae4e121e57165ff4cb4dbdde1ef9770098aa3695e6b6704", await HashAsync(new PropertyValue.Archive("", Path: name)));
    }

    [Fact]
    public async Task A_file_that_is_no_archive_is_refused_and_the_way_out_is_named()
    {
        Put("file.txt", "x");

        var exception = await Assert.ThrowsAsync<ProviderException>(() => HashAsync(new PropertyValue.Archive("", Path: "file.txt")));

        Assert.Contains("neither a directory nor an archive file", exception.Message, StringComparison.Ordinal);
        Assert.Contains("FileAsset", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("conf.tar")]
    [InlineData("conf.tgz")]
    [InlineData("conf.zip")]
    [InlineData("conf")]
    public async Task Archives_within_archives_are_unpacked(string name)
    {
        Put("conf/a.txt", "a");
        Put("conf/sub/b.txt", "b");
        await PackAsync("conf", name);

        // The same files whatever they come from, and members that occur twice count once.
        var archive = Archive(("conf", new PropertyValue.Archive("", Path: name)), ("conf/sub/b.txt", Text("the first one counts")), ("top", Text("t")));
        Assert.Equal("69a9b135d7934116aa5a08e50c76c5a0cc376b6aa08fe6d9364611b0156e29da", await HashAsync(archive));
    }

    [Fact]
    public async Task Members_of_an_archive_get_their_own_hashes()
    {
        var value = await AssetHash.EnsureAsync(Archive(("foo", Text("a test asset"))), _directory, CancellationToken.None);

        var archive = Assert.IsType<PropertyValue.Archive>(value);
        Assert.Equal("e34c74529110661faae4e121e57165ff4cb4dbdde1ef9770098aa3695e6b6704", Assert.IsType<PropertyValue.Asset>(archive.Assets!["foo"]).Hash);
    }

    private static PropertyValue.Asset Text(string content) => new("", Content: content);

    private static PropertyValue.Archive Archive(params (string Path, PropertyValue Member)[] members) => new("", Assets: PropertyMap.Of(members));

    private async Task<string> HashAsync(PropertyValue value) => await AssetHash.EnsureAsync(value, _directory, CancellationToken.None) switch
    {
        PropertyValue.Asset asset => asset.Hash,
        PropertyValue.Archive archive => archive.Hash,
        var other => throw new InvalidOperationException($"{other} has no hash."),
    };

    private void Put(string path, string content)
    {
        var full = Path.Combine(_directory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }

    private async Task PackAsync(string folder, string name)
    {
        var (source, target) = (Path.Combine(_directory, folder), Path.Combine(_directory, name));
        switch (Path.GetExtension(name))
        {
            case ".tar":
                await TarAsync(source, File.Create(target));
                break;
            case ".tgz":
                await TarAsync(source, new GZipStream(File.Create(target), CompressionLevel.Fastest));
                break;
            case ".zip":
                await ZipFile.CreateFromDirectoryAsync(source, target);
                break;
        }
    }

    private static async Task TarAsync(string source, Stream target)
    {
        await using var writer = new TarWriter(target);
        await writer.WriteEntryAsync(source, "./");
        foreach (var path in new[] { "a.txt", "sub/b.txt" })
        {
            await writer.WriteEntryAsync($"{source}/{path}", $"./{path}");
        }
    }
}
