using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Tests.Common;
using AppStack.Engine.Providers.Tests.Ssh;
using AppStack.Ssh;
using AppStack.Testing;

namespace AppStack.Engine.Providers.Tests.Command;

public sealed class CopyToRemoteTests(SshServerFixture fixture) : IClassFixture<SshServerFixture>, IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("appstack-copy-").FullName;
    private readonly SshClient _ssh = new();
    private IResourceProvider _provider = null!;

    private string Local => Path.Combine(_directory, "local");

    private string Remote => Path.Combine(_directory, "remote");

    public Task InitializeAsync()
    {
        Directory.CreateDirectory(Local);
        _provider = BuiltInProviders.Create(_ssh, new BuiltInProviderOptions { WorkingDirectory = Local }).Single(provider => provider.Package == "command");
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _ssh.DisposeAsync();

        // A copy whose connection was cut may still be tidying up on its side.
        for (var tries = 1; ; tries++)
        {
            try
            {
                Directory.Delete(_directory, recursive: true);
                return;
            }
            catch (IOException) when (tries < 50)
            {
                await Task.Delay(20);
            }
        }
    }

    [Fact]
    public async Task A_text_makes_a_file_and_the_directories_on_the_way()
    {
        var resource = await New().CreateAsync(Inputs(Text("content\n"), $"{Remote}/a/b/file"));

        Assert.Equal("content\n", await File.ReadAllTextAsync($"{Remote}/a/b/file"));
        Assert.Matches("^[0-9a-f]{8}$", resource.Id);
        Assert.Equal("434728a410a78f56fc1b5899c3593436e61ab0c731e9072d95e96db290205e53", Assert.IsType<PropertyValue.Asset>(resource.Outputs["source"]).Hash);
    }

    [Fact]
    public async Task A_text_does_not_replace_a_directory()
    {
        Directory.CreateDirectory($"{Remote}/dir");

        var exception = await Assert.ThrowsAsync<ProviderException>(() => New().CreateAsync(Inputs(Text("x"), $"{Remote}/dir")));

        Assert.Contains("is a directory", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_goes_into_an_existing_directory_under_its_own_name()
    {
        await File.WriteAllTextAsync($"{Local}/app.conf", "conf");
        Directory.CreateDirectory($"{Remote}/dir");

        await New().CreateAsync(Inputs(FileAsset("app.conf"), $"{Remote}/dir"));

        Assert.Equal("conf", await File.ReadAllTextAsync($"{Remote}/dir/app.conf"));
    }

    [Fact]
    public async Task An_existing_file_keeps_its_permissions()
    {
        Directory.CreateDirectory(Remote);
        await File.WriteAllTextAsync($"{Remote}/key", "old");
        File.SetUnixFileMode($"{Remote}/key", UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await New().CreateAsync(Inputs(Text("new"), $"{Remote}/key"));

        Assert.Equal("new", await File.ReadAllTextAsync($"{Remote}/key"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode($"{Remote}/key"));
    }

    [Fact]
    public async Task A_link_stays_and_the_file_that_it_names_is_written()
    {
        Directory.CreateDirectory(Remote);
        await File.WriteAllTextAsync($"{Remote}/file", "old");
        File.CreateSymbolicLink($"{Remote}/link", $"{Remote}/file");

        await New().CreateAsync(Inputs(Text("new"), $"{Remote}/link"));

        Assert.Equal("new", await File.ReadAllTextAsync($"{Remote}/file"));
        Assert.NotNull(new FileInfo($"{Remote}/link").LinkTarget);
    }

    [Theory]
    [InlineData("tree", "tree/")]
    [InlineData("tree/", "")]
    [InlineData("tree/.", "")]
    public async Task A_directory_is_copied_itself_or_with_a_slash_its_content(string source, string below)
    {
        Directory.CreateDirectory($"{Local}/tree/sub");
        await File.WriteAllTextAsync($"{Local}/tree/a", "a");
        await File.WriteAllTextAsync($"{Local}/tree/sub/b", "b");
        Directory.CreateDirectory(Remote);
        await File.WriteAllTextAsync($"{Remote}/other", "stays");

        await New().CreateAsync(Inputs(new PropertyValue.Archive("", Path: source), Remote));

        Assert.Equal("a", await File.ReadAllTextAsync($"{Remote}/{below}a"));
        Assert.Equal("b", await File.ReadAllTextAsync($"{Remote}/{below}sub/b"));
        Assert.Equal("stays", await File.ReadAllTextAsync($"{Remote}/other"));
    }

    [Fact]
    public async Task An_archive_of_assets_becomes_files()
    {
        await File.WriteAllTextAsync($"{Local}/from-disk", "disk");
        var archive = new PropertyValue.Archive("", Assets: PropertyMap.Of(
            ("plain.txt", Text("plain")), ("sub", new PropertyValue.Archive("", Assets: PropertyMap.Of(("deep.txt", FileAsset("from-disk")))))));

        await New().CreateAsync(Inputs(archive, Remote));

        Assert.Equal("plain", await File.ReadAllTextAsync($"{Remote}/plain.txt"));
        Assert.Equal("disk", await File.ReadAllTextAsync($"{Remote}/sub/deep.txt"));
    }

    [Fact]
    public async Task An_archive_file_is_copied_as_it_is()
    {
        await File.WriteAllBytesAsync($"{Local}/a.tgz", [1, 2, 3]);

        await New().CreateAsync(Inputs(new PropertyValue.Archive("", Path: "a.tgz"), $"{Remote}/b.tgz"));

        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync($"{Remote}/b.tgz"));
    }

    [Fact]
    public async Task An_archive_file_within_an_archive_of_assets_is_unpacked()
    {
        Directory.CreateDirectory($"{Local}/conf/sub");
        await File.WriteAllTextAsync($"{Local}/conf/sub/b", "b");
        await System.Formats.Tar.TarFile.CreateFromDirectoryAsync($"{Local}/conf", $"{Local}/conf.tar", includeBaseDirectory: false);
        var archive = new PropertyValue.Archive("", Assets: PropertyMap.Of(("etc", new PropertyValue.Archive("", Path: "conf.tar"))));

        await New().CreateAsync(Inputs(archive, Remote));

        Assert.Equal("b", await File.ReadAllTextAsync($"{Remote}/etc/sub/b"));
    }

    [Fact]
    public async Task A_link_to_a_folder_is_copied_as_a_link_and_not_followed()
    {
        Directory.CreateDirectory($"{Local}/tree/sub");
        await File.WriteAllTextAsync($"{Local}/tree/sub/f", "f");
        Directory.CreateSymbolicLink($"{Local}/tree/loop", ".");

        await New().CreateAsync(Inputs(new PropertyValue.Archive("", Path: "tree/"), Remote));

        Assert.Equal(".", new DirectoryInfo($"{Remote}/loop").LinkTarget);
        Assert.Equal("f", await File.ReadAllTextAsync($"{Remote}/sub/f"));
    }

    [Theory]
    [InlineData("tree")]
    [InlineData("members")]
    public async Task A_tree_with_the_same_content_is_not_copied_again_and_a_changed_one_is(string kind)
    {
        Directory.CreateDirectory($"{Local}/tree");
        await File.WriteAllTextAsync($"{Local}/tree/f", "one");
        PropertyValue source = kind == "tree" ? new PropertyValue.Archive("", Path: "tree/") : new PropertyValue.Archive("", Assets: PropertyMap.Of(("f", FileAsset("tree/f"))));
        var resource = await New().CreateAsync(Inputs(source, Remote));
        File.Delete($"{Remote}/f");

        Assert.Empty((await resource.DiffAsync(Inputs(source, Remote))).ChangedKeys);
        await resource.UpdateAsync(Inputs(source, Remote));
        Assert.False(File.Exists($"{Remote}/f"));

        await File.WriteAllTextAsync($"{Local}/tree/f", "two");
        Assert.Equal(["source"], (await resource.DiffAsync(Inputs(source, Remote))).ChangedKeys.ToArray());
        await resource.UpdateAsync(Inputs(source, Remote));
        Assert.Equal("two", await File.ReadAllTextAsync($"{Remote}/f"));
    }

    [Fact]
    public async Task A_large_file_tells_how_far_it_is()
    {
        var content = new byte[5 * 1024 * 1024 + 17];
        System.Random.Shared.NextBytes(content);
        await File.WriteAllBytesAsync($"{Local}/large", content);

        var resource = await New().CreateAsync(Inputs(FileAsset("large"), $"{Remote}/large"));

        Assert.Equal(content, await File.ReadAllBytesAsync($"{Remote}/large"));
        Assert.Contains("copied 5 MiB", resource.Log.Statuses);
    }

    [Fact]
    public async Task A_large_tree_tells_how_far_it_is()
    {
        Directory.CreateDirectory($"{Local}/tree");
        await File.WriteAllBytesAsync($"{Local}/tree/large", new byte[3 * 1024 * 1024]);

        var resource = await New().CreateAsync(Inputs(new PropertyValue.Archive("", Path: "tree/"), Remote));

        Assert.Contains("copied 2 MiB", resource.Log.Statuses);
    }

    [Fact]
    public async Task A_connection_that_breaks_while_copying_leaves_the_old_file_and_the_outcome_unknown()
    {
        await using var server = await SshServer.StartAsync();
        await File.WriteAllBytesAsync($"{Local}/large", new byte[64 * 1024 * 1024]);
        Directory.CreateDirectory(Remote);
        await File.WriteAllTextAsync($"{Remote}/large", "old");
        var log = new RecordingLog { OnStatus = _ => server.KillConnections() };

        var exception = await Assert.ThrowsAsync<ProviderException>(
            () => New().CreateAsync(Inputs(FileAsset("large"), $"{Remote}/large").With("connection", PropertyValue.Of(RemoteCommandTests.ConnectionTo(server))), log: log));

        Assert.Equal(ProviderOutcome.Unknown, exception.Outcome);
        Assert.Equal("old", await File.ReadAllTextAsync($"{Remote}/large"));
    }

    [Fact]
    public async Task A_copy_to_a_node_that_is_not_reached_in_time_fails_and_nothing_has_happened()
    {
        var server = await SshServer.StartAsync();
        var connection = RemoteCommandTests.ConnectionTo(server).With("dialErrorLimit", PropertyValue.Of(-1));
        await server.DisposeAsync();

        var exception = await Assert.ThrowsAsync<ProviderException>(
            () => New().CreateAsync(Inputs(Text("x"), $"{Remote}/f").With("connection", PropertyValue.Of(connection)), TimeSpan.FromMilliseconds(300)));

        Assert.Equal(ProviderOutcome.Failed, exception.Outcome);
        Assert.Contains("not reached within", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_content_of_a_file_is_a_change_and_is_copied()
    {
        await File.WriteAllTextAsync($"{Local}/f", "one");
        var resource = await New().CreateAsync(Inputs(FileAsset("f"), $"{Remote}/f"));
        await File.WriteAllTextAsync($"{Local}/f", "two");

        Assert.Equal(["source"], (await resource.DiffAsync(Inputs(FileAsset("f"), $"{Remote}/f"))).ChangedKeys.ToArray());
        await resource.UpdateAsync(Inputs(FileAsset("f"), $"{Remote}/f"));

        Assert.Equal("two", await File.ReadAllTextAsync($"{Remote}/f"));
    }

    [Fact]
    public async Task An_update_with_the_same_content_and_path_copies_nothing()
    {
        var resource = await New().CreateAsync(Inputs(Text("x"), $"{Remote}/f"));
        File.Delete($"{Remote}/f");

        await resource.UpdateAsync(Inputs(Text("x"), $"{Remote}/f"));

        Assert.False(File.Exists($"{Remote}/f"));
    }

    [Fact]
    public async Task Deleting_leaves_the_copy()
    {
        var resource = await New().CreateAsync(Inputs(Text("x"), $"{Remote}/f"));

        await resource.DeleteAsync();

        Assert.True(File.Exists($"{Remote}/f"));
    }

    [Fact]
    public async Task A_source_that_does_not_exist_is_refused_at_check()
    {
        var failure = Assert.Single(await New().FailuresAsync(Inputs(FileAsset("missing"), "/x")));

        Assert.Equal("source", failure.Property);
        Assert.Contains("missing", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_fails_with_the_node_s_own_words()
    {
        var exception = await Assert.ThrowsAsync<ProviderException>(() => New().CreateAsync(Inputs(Text("x"), "/proc/appstack/f")));

        Assert.Contains("/proc/appstack", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_older_form_copies_one_file_and_is_replaced_by_any_change()
    {
        await File.WriteAllTextAsync($"{Local}/f", "x");
        Directory.CreateDirectory(Remote);
        PropertyMap CopyFile(string path) => PropertyMap.Of(
            ("connection", PropertyValue.Of(RemoteCommandTests.ConnectionTo(fixture.Server))), ("localPath", PropertyValue.Of("f")), ("remotePath", PropertyValue.Of(path)));

        var resource = await new Resource(_provider, "command:remote:CopyFile").CreateAsync(CopyFile($"{Remote}/f"));

        Assert.Equal("x", await File.ReadAllTextAsync($"{Remote}/f"));
        Assert.Equal(["remotePath"], (await resource.DiffAsync(CopyFile($"{Remote}/g"))).ReplaceKeys.ToArray());
    }

    private static PropertyValue Text(string content) => new PropertyValue.Asset("", Content: content);

    private static PropertyValue FileAsset(string path) => new PropertyValue.Asset("", Path: path);

    private Resource New() => new(_provider, "command:remote:CopyToRemote");

    private PropertyMap Inputs(PropertyValue source, string remotePath) => PropertyMap.Of(
        ("connection", PropertyValue.Of(RemoteCommandTests.ConnectionTo(fixture.Server))), ("source", source), ("remotePath", PropertyValue.Of(remotePath)));
}
