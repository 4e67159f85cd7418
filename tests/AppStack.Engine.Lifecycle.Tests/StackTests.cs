using System.Text;
using AppStack.Engine.Backend;
using AppStack.Engine.Diagnostics;
using AppStack.Engine.Lifecycle.Tests.Harness;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.State;

namespace AppStack.Engine.Lifecycle.Tests;

public sealed class StackTests : LifecycleTest
{
    private BackendLayout Layout => new(Directory, "proj");

    private static Task<ReadResourceResponse> ReferenceAsync(TestProgram program, string stack) => program.Monitor.ReadResourceAsync(
        new ReadResourceRequest { Type = "pulumi:pulumi:StackReference", Name = stack, Id = stack }, default);

    [Fact]
    public async Task A_configuration_that_is_not_as_the_project_declares_it_is_refused_before_anything_is_done()
    {
        await File.AppendAllTextAsync(Path.Combine(Directory, "Pulumi.yaml"), "config:\n  size: {type: integer}\n  token: {type: string, secret: true}\n");
        await Stack().SetConfigAsync("size", "many", secret: false, path: false);

        var refused = await Assert.ThrowsAsync<StackException>(() => UpAsync(program => program.ResourceAsync("a")));

        Assert.Contains("'size'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'token'", refused.Message, StringComparison.Ordinal);
        Assert.Empty(World.TakeCalls());

        await Stack().SetConfigAsync("size", "3", secret: false, path: false);
        await Stack().SetConfigAsync("token", "hunter2-value", secret: true, path: false);
        await UpOkAsync(program => program.ResourceAsync("a"));
    }

    [Fact]
    public async Task Stacks_are_made_listed_renamed_and_removed()
    {
        await Workspace().InitStackAsync("one");
        StackName = "two";
        await UpOkAsync(program => program.ResourceAsync("a"));

        var stacks = Workspace().ListStacks();
        Assert.Equal(["one", "two"], stacks.Select(stack => stack.Name));
        Assert.Null(stacks[0].ResourceCount);
        Assert.Equal(3, stacks[1].ResourceCount);
        Assert.NotNull(stacks[1].LastUpdate);

        await Assert.ThrowsAsync<StackException>(() => Workspace().InitStackAsync("one"));
        await Assert.ThrowsAsync<StackException>(() => Workspace().RemoveStackAsync("two", force: false));
        await Workspace().RemoveStackAsync("two", force: true);
        await Workspace().RemoveStackAsync("one", force: false);
        Assert.Empty(Workspace().ListStacks());
        await Assert.ThrowsAsync<StackException>(() => Workspace().RemoveStackAsync("one", force: false));
    }

    [Fact]
    public async Task A_renamed_stack_keeps_its_resources_history_and_secrets()
    {
        Secrets.Add("hunter2-value");
        async Task Declare(TestProgram program)
        {
            await program.ResourceAsync("a", null, ("password", Secret("hunter2-value")));
        }

        await UpOkAsync(Declare);
        var renamed = await Workspace().RenameStackAsync("dev", "prod");
        Assert.Equal(["rename", "update"], renamed.History().Select(entry => entry.Kind));
        StackName = "prod";
        World.TakeCalls();

        await UpOkAsync(Declare);

        Assert.Empty(World.TakeCalls());
        Assert.Equal("urn:pulumi:prod::proj::pulumi:pulumi:Stack::proj-prod", State().Resources[0].Urn);
        Assert.False(new StateStore(new DiskFiles(), Layout, "dev").Exists);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("-x")]
    [InlineData("a b")]
    public void Bad_names_are_refused(string name) => Assert.Throws<StackException>(() => Workspace().Stack(name));

    [Fact]
    public async Task Tags_go_with_their_stack()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        const string Tags = """{"version":1,"tags":{"owner":"sre"}}""";
        await File.WriteAllTextAsync(Layout.Tags("dev"), Tags);

        await Workspace().RenameStackAsync("dev", "prod");
        Assert.Equal(Tags, await File.ReadAllTextAsync(Layout.Tags("prod")));
        Assert.False(File.Exists(Layout.Tags("dev")));

        await Workspace().RemoveStackAsync("prod", force: true);
        Assert.False(File.Exists(Layout.Tags("prod")));
    }

    [Fact]
    public async Task A_backend_of_the_old_layout_is_refused_and_left_as_it_is()
    {
        System.IO.Directory.CreateDirectory(Layout.LegacyStacks);
        await File.WriteAllTextAsync(Path.Combine(Layout.LegacyStacks, "dev.json"), "{}");

        var exception = await Assert.ThrowsAsync<StackException>(() => UpAsync(program => program.ResourceAsync("a")));

        Assert.Contains("pulumi state upgrade", exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Layout.Meta));
        Assert.False(File.Exists(Layout.Checkpoint("dev")));
        Assert.Empty(World.TakeCalls());
    }

    [Fact]
    public async Task The_backend_has_the_layout_of_the_genuine_one()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        await UpOkAsync(program => program.ResourceAsync("a"));

        Assert.Equal("version: 1\n", await File.ReadAllTextAsync(Path.Combine(Directory, ".pulumi/meta.yaml")));
        Assert.Equal(["dev.json", "dev.json.bak"], System.IO.Directory.GetFiles(Layout.Stacks).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(4, System.IO.Directory.GetFiles(Path.Combine(Directory, ".pulumi/history/proj/dev")).Length);
        Assert.Equal(2, System.IO.Directory.GetFiles(Path.Combine(Directory, ".pulumi/backups/proj/dev")).Length);
        Assert.Empty(System.IO.Directory.GetFiles(Path.Combine(Directory, ".pulumi/locks/organization/proj/dev")));
    }

    [Fact]
    public async Task History_tells_what_was_done()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("1"))));
        Options = Options with { Message = "second" };
        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("2"))));
        World.FailDelete("a");
        await DestroyAsync();

        var history = Stack().History();

        Assert.Equal(["destroy", "update", "update"], history.Select(entry => entry.Kind));
        Assert.Equal(["failed", "succeeded", "succeeded"], history.Select(entry => entry.Result));
        Assert.Equal("second", history[1].Message);
        Assert.Equal(1, history[1].ResourceChanges["replace"]);
        Assert.Equal(1, history[1].ResourceChanges["same"]);
        Assert.Equal(2, history[2].ResourceChanges["create"]);
    }

    [Fact]
    public async Task A_stack_that_somebody_else_changes_is_refused_with_who_holds_it()
    {
        await UpOkAsync(_ => Task.CompletedTask);
        System.IO.Directory.CreateDirectory(Layout.Locks("dev"));
        await File.WriteAllTextAsync(
            Path.Combine(Layout.Locks("dev"), "other.json"), """{"pid":4711,"username":"maria","hostname":"elsewhere","timestamp":"2026-11-22T13:06:05.452253774Z"}""");

        var exception = await Assert.ThrowsAsync<StackLockedException>(() => UpAsync(_ => Task.CompletedTask));

        Assert.Contains("maria@elsewhere (process 4711) since 2026-11-22 13:06:05", exception.Message, StringComparison.Ordinal);
        Assert.True(Workspace().ListStacks().Single().InProgress);
        Assert.True((await PreviewAsync(_ => Task.CompletedTask)).Succeeded);

        Stack().Cancel();
        await UpOkAsync(_ => Task.CompletedTask);
    }

    [Fact]
    public async Task A_lock_of_a_process_that_is_gone_is_removed()
    {
        System.IO.Directory.CreateDirectory(Layout.Locks("dev"));
        await File.WriteAllTextAsync(
            Path.Combine(Layout.Locks("dev"), "other.json"), """{"pid":4711,"username":"maria","hostname":"here","timestamp":"2026-11-22T13:06:05Z"}""");

        await UpOkAsync(_ => Task.CompletedTask);

        Assert.Contains(Notices, notice => notice.Contains("that process is gone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lock_of_a_process_whose_number_is_in_use_again_is_removed_and_one_of_a_living_process_is_not()
    {
        System.IO.Directory.CreateDirectory(Layout.Locks("dev"));
        var path = Path.Combine(Layout.Locks("dev"), "other.json");
        await File.WriteAllTextAsync(path, """{"pid":4711,"username":"maria","hostname":"here","timestamp":"2026-11-22T13:06:05Z"}""");
        Processes.Others[4711] = DateTimeOffset.Parse("2026-11-22T10:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        await Assert.ThrowsAsync<StackLockedException>(() => UpAsync(_ => Task.CompletedTask));

        Processes.Others[4711] = DateTimeOffset.Parse("2026-11-22T14:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        await UpOkAsync(_ => Task.CompletedTask);
    }

    [Fact]
    public async Task Two_operations_at_once_are_one_too_many()
    {
        await UpOkAsync(_ => Task.CompletedTask);
        Exception? second = null;

        await UpOkAsync(async program =>
        {
            second = await Record.ExceptionAsync(() => Stack().DestroyAsync(Options, preview: false, _ => { }, default));
            await program.ResourceAsync("a");
        });

        Assert.IsType<StackLockedException>(second);
    }

    [Fact]
    public async Task An_export_can_be_imported()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        var export = await Stack().ExportAsync(showSecrets: false);
        await DestroyAsync();

        await Stack().ImportStateAsync(export, force: false);

        Assert.Equal("a-1", Resource("a").Id);
        Assert.Equal(["import", "destroy", "update"], Stack().History().Select(entry => entry.Kind));
    }

    [Fact]
    public async Task An_export_of_another_stack_is_refused_unless_forced()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        var export = await Stack().ExportAsync(showSecrets: false);
        StackName = "other";

        await Assert.ThrowsAsync<StackException>(() => Stack().ImportStateAsync(export, force: false));
        await Stack().ImportStateAsync(export, force: true);
        Assert.True(Has("a"));
    }

    [Fact]
    public async Task A_damaged_state_is_refused_with_the_problem()
    {
        await UpOkAsync(program => program.ResourceAsync("a"));
        var path = Layout.Checkpoint("dev");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("\"parent\":\"urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev\"", "\"parent\":\"urn:pulumi:dev::proj::x:y:Z::ghost\"", StringComparison.Ordinal));

        var exception = await Record.ExceptionAsync(() => UpAsync(_ => Task.CompletedTask));

        Assert.Contains("has the parent urn:pulumi:dev::proj::x:y:Z::ghost, which does not come before it", Assert.IsType<StateFormatException>(exception).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PULUMI_DIY_BACKEND_GZIP", ".gz")]
    [InlineData("PULUMI_DIY_BACKEND_ZSTD", ".zst")]
    public async Task A_compressed_state_is_read_and_written_on_demand(string variable, string ending)
    {
        var (plain, compressed) = (Layout.Checkpoint("dev"), Layout.Checkpoint("dev") + ending);
        await UpOkAsync(program => program.ResourceAsync("a"));
        Environment[variable] = "true";
        World.TakeCalls();
        await UpOkAsync(program => program.ResourceAsync("a"));
        Assert.Empty(World.TakeCalls());
        Assert.Equal((false, true), (File.Exists(plain), File.Exists(compressed)));
        Assert.NotEqual((byte)'{', (await File.ReadAllBytesAsync(compressed))[0]);
        Assert.Contains(System.IO.Directory.GetFiles(Layout.History("dev")), path => path.EndsWith($".checkpoint.json{ending}", StringComparison.Ordinal));
        Assert.Contains(System.IO.Directory.GetFiles(Layout.Backups("dev")), path => path.EndsWith($".json{ending}", StringComparison.Ordinal));

        await UpOkAsync(program => program.ResourceAsync("b"));
        Assert.True(File.Exists($"{compressed}.bak"));
        Environment.Remove(variable);
        World.TakeCalls();
        await UpOkAsync(program => program.ResourceAsync("b"));
        Assert.Empty(World.TakeCalls());
        Assert.Equal((true, false), (File.Exists(plain), File.Exists(compressed)));
    }

    [Theory]
    [InlineData("PULUMI_DIY_BACKEND_GZIP")]
    [InlineData("PULUMI_DIY_BACKEND_ZSTD")]
    public async Task A_stack_with_a_compressed_state_is_listed_renamed_and_removed(string variable)
    {
        Environment[variable] = "1";
        await UpOkAsync(program => program.ResourceAsync("a"));
        Assert.Equal(["dev"], Workspace().ListStacks().Select(stack => stack.Name));

        await Workspace().RenameStackAsync("dev", "prod");
        Assert.Equal(["prod"], Workspace().ListStacks().Select(stack => stack.Name));
        await Workspace().RemoveStackAsync("prod", force: true);
        Assert.Empty(System.IO.Directory.GetFiles(Layout.Stacks));
    }

    [Fact]
    public async Task Two_kinds_of_compression_at_once_are_refused()
    {
        Environment["PULUMI_DIY_BACKEND_GZIP"] = Environment["PULUMI_DIY_BACKEND_ZSTD"] = "1";

        var exception = await Record.ExceptionAsync(() => UpAsync(program => program.ResourceAsync("a")));

        Assert.Contains("are both set", Assert.IsType<StackException>(exception).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_resource_can_be_deleted_renamed_and_unprotected_without_passphrase()
    {
        await UpOkAsync(async program =>
        {
            var a = await program.ResourceAsync("a", new ResourceOf { Goal = new() { Protect = true } }, ("password", Secret("hunter2-value")));
            await program.ResourceAsync("b", ResourceOf.From("peer", a), ("peer", Text("1")));
        });
        Environment.Remove("PULUMI_CONFIG_PASSPHRASE");
        var urn = "urn:pulumi:dev::proj::test:index:Thing::a";

        await Assert.ThrowsAsync<StackException>(() => Stack().DeleteResourceAsync(urn, force: false, targetDependents: false));
        await Assert.ThrowsAsync<StackException>(() => Stack().DeleteResourceAsync(urn, force: false, targetDependents: true));
        await Stack().UnprotectAsync(urn: null);
        await Stack().RenameResourceAsync(urn, "z");
        Assert.Contains("urn:pulumi:dev::proj::test:index:Thing::z", await Stack().ExportAsync(showSecrets: false), StringComparison.Ordinal);
        AssertClean();
        await Stack().DeleteResourceAsync("urn:pulumi:dev::proj::test:index:Thing::z", force: false, targetDependents: true);
        Assert.DoesNotContain("Thing", await Stack().ExportAsync(showSecrets: false), StringComparison.Ordinal);
        Assert.Equal(2, World.Things.Count);
    }

    [Fact]
    public async Task A_pending_operation_can_be_forgotten()
    {
        World.FailCreate("a", () => Model.Providers.ProviderException.Unknown("lost"));
        await UpAsync(program => program.ResourceAsync("a"));

        await Stack().DeleteResourceAsync("urn:pulumi:dev::proj::test:index:Thing::a", force: false, targetDependents: false);

        Assert.Empty(State().PendingOperations);
    }

    [Fact]
    public async Task A_reference_to_another_stack_gives_its_outputs_with_secrets()
    {
        Secrets.Add("hunter2-value");
        StackName = "source";
        await UpOkAsync(program =>
        {
            program.Outputs["plain"] = Text("p");
            program.Outputs["hidden"] = Secret("hunter2-value");
            return Task.CompletedTask;
        });
        StackName = "dev";
        ReadResourceResponse? response = null;
        await UpOkAsync(async program => response = await ReferenceAsync(program, "organization/proj/source"));

        var outputs = ((PropertyValue.Map)response!.Outputs["outputs"]).Members;
        Assert.Equal(Text("p"), outputs["plain"]);
        Assert.Equal(Secret("hunter2-value"), outputs["hidden"]);
        Assert.Equal(PropertyValue.Of([Text("hidden")]), response.Outputs["secretOutputNames"]);
        var state = State().Resources.Single(resource => resource.Type == "pulumi:pulumi:StackReference");
        Assert.True(state is { External: true, Id: "organization/proj/source" });
        Assert.Contains("pulumi:providers:pulumi::default", state.Provider, StringComparison.Ordinal);
    }

    [Fact]
    public async Task References_follow_the_other_stack()
    {
        StackName = "source";
        await UpOkAsync(program =>
        {
            program.Outputs["v"] = Text("1");
            return Task.CompletedTask;
        });
        StackName = "dev";
        await UpOkAsync(program => ReferenceAsync(program, "source"));
        StackName = "source";
        await UpOkAsync(program =>
        {
            program.Outputs["v"] = Text("2");
            return Task.CompletedTask;
        });
        StackName = "dev";
        ReadResourceResponse? response = null;
        await UpOkAsync(async program => response = await ReferenceAsync(program, "source"));

        Assert.Equal(Text("2"), ((PropertyValue.Map)response!.Outputs["outputs"]).Members["v"]);
    }

    [Theory]
    [InlineData("ghost", "There is no stack 'ghost'")]
    [InlineData("someorg/proj/dev", "names no stack of a file backend")]
    public async Task A_reference_to_nothing_is_an_error(string name, string error) => await UpFailsAsync(program => ReferenceAsync(program, name), error);

    [Fact]
    public async Task A_stack_whose_state_the_genuine_cli_wrote_can_be_continued()
    {
        await File.WriteAllTextAsync(Path.Combine(Directory, "Pulumi.yaml"), "name: sample\nruntime: dotnet\n");
        StackName = "prod";
        var layout = new BackendLayout(Directory, "sample");
        System.IO.Directory.CreateDirectory(layout.Stacks);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Samples/05-after-kill.json"), layout.Checkpoint("prod"));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Samples/Pulumi.prod.yaml"), Path.Combine(Directory, "Pulumi.prod.yaml"));

        Assert.Equal("s3cr3t-token", (await Stack().GetConfigAsync("token", path: false))!.Text);
        Assert.Equal("""{"name":"athens","racks":12}""", (await Stack().GetConfigAsync("site", path: false))!.Text);
        Assert.True((await Stack().GetConfigAsync("db.password", path: true))!.Secret);
        Assert.Equal(Secret("!r9nkB2RG%wtPIPtZYUy39>T"), (await Stack().GetOutputsAsync())["password"]);
        Assert.Single((await Stack().ReadSnapshotAsync()).PendingOperations);

        var before = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(layout.Checkpoint("prod")));
        await Stack().UnprotectAsync(urn: null);
        var after = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(layout.Checkpoint("prod")));
        Assert.Equal(
            before[before.IndexOf("\"secrets_providers\"", StringComparison.Ordinal)..].Replace("\"protect\":true,", "", StringComparison.Ordinal),
            after[after.IndexOf("\"secrets_providers\"", StringComparison.Ordinal)..]);
    }
}
