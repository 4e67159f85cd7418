using System.Text;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Operations;
using AppStack.Engine.Secrets;
using AppStack.Engine.State;

namespace AppStack.Engine.Tests;

/// <summary>Our half of docs/compatibility.md, "Taking a stack over", with what the genuine CLI wrote.</summary>
public sealed class TakeOverTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("appstack-takeover-").FullName;
    private string _passphrase = SampleFiles.Passphrase;

    private string Checkpoint => Path.Combine(_directory, ".pulumi/stacks/sample/prod.json");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("02-after-change.json", "")]
    [InlineData("02-after-change.json.gz", ".gz")]
    [InlineData("02-after-change.json.zst", ".zst")]
    public async Task A_backend_of_the_cli_is_used_where_it_is(string sample, string ending)
    {
        Take(sample, ending);

        var stack = Assert.Single(Workspace().ListStacks());
        Assert.Equal(("prod", (int?)9), (stack.Name, stack.ResourceCount));
        await AssertWholeAsync();
        var config = await Workspace().Stack("prod").GetConfigAsync();
        Assert.Equal("s3cr3t-token", config["sample:token"].Text);
        Assert.Equal(4, config.Count);
    }

    [Fact]
    public async Task An_export_of_the_cli_is_imported_and_exported_again_as_it_was()
    {
        Take(sample: null);
        await Workspace().InitStackAsync("prod");
        var export = Encoding.UTF8.GetString(SampleFiles.Bytes("03-export.json"));

        await Workspace().Stack("prod").ImportStateAsync(export, force: false);

        Assert.Equal(WithoutManifest(export), WithoutManifest(await Workspace().Stack("prod").ExportAsync(showSecrets: false)));
        await AssertWholeAsync();
    }

    [Fact]
    public async Task A_stack_comes_back_from_every_command_in_a_form_that_the_cli_reads()
    {
        Take("02-after-change.json");
        var stack = Workspace().Stack("prod");
        await stack.UnprotectAsync(urn: null);
        await stack.SetConfigAsync("added", "1", secret: false, path: false);
        await stack.ChangePassphraseAsync("another");
        _passphrase = "another";
        await Workspace().RenameStackAsync("prod", "moved");
        await Workspace().RenameStackAsync("moved", "prod");

        await AssertWholeAsync();
        Assert.False(File.Exists(Path.ChangeExtension(Checkpoint, ".journal")));
        var bytes = await File.ReadAllBytesAsync(Checkpoint);
        var snapshot = CheckpointFormat.Read(bytes, "state", SealedCodec.Instance)!;
        Assert.Equal(CheckpointFormat.Magic(snapshot.Version), snapshot.Magic);
        Assert.Equal(bytes, CheckpointFormat.WriteCheckpoint("organization/sample/prod", snapshot, SealedCodec.Instance).ToArray());
        Assert.Contains($"encryptionsalt: {snapshot.EncryptionSalt}", await File.ReadAllTextAsync(Path.Combine(_directory, "Pulumi.prod.yaml")), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(_directory, ".pulumi/locks"), "*.json", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task The_state_of_a_killed_cli_tells_what_is_pending()
    {
        Take("05-after-kill.json");

        var pending = Assert.Single((await Workspace().Stack("prod").ReadSealedSnapshotAsync()).PendingOperations);

        Assert.Equal("edge-second", pending.Resource.Name);
    }

    private Workspace Workspace() => new(new WorkspaceOptions
    {
        ProjectDirectory = _directory,
        Environment = name => name == "PULUMI_CONFIG_PASSPHRASE" ? _passphrase : null,
    });

    private void Take(string? sample, string ending = "")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Checkpoint)!);
        File.WriteAllText(Path.Combine(_directory, "Pulumi.yaml"), "name: sample\nruntime: dotnet\n");
        File.WriteAllText(Path.Combine(_directory, ".pulumi/meta.yaml"), "version: 1\n");
        File.WriteAllBytes(Path.Combine(_directory, "Pulumi.prod.yaml"), SampleFiles.Bytes("Pulumi.prod.yaml"));
        if (sample is not null)
        {
            File.WriteAllBytes(Checkpoint + ending, SampleFiles.Bytes(sample));
        }
    }

    private async Task AssertWholeAsync()
    {
        var stack = Workspace().Stack("prod");
        Assert.Equal(PropertyValue.Of("!r9nkB2RG%wtPIPtZYUy39>T").AsSecret(), (await stack.GetOutputsAsync())["password"]);
        Assert.Empty(SnapshotIntegrity.Verify(await stack.ReadSnapshotAsync()));
        Assert.Equal("s3cr3t-token", (await stack.GetConfigAsync("token", path: false))!.Text);
    }

    // Who wrote it last, and when.
    private static string WithoutManifest(string export) => export[export.IndexOf("\"secrets_providers\"", StringComparison.Ordinal)..];
}
