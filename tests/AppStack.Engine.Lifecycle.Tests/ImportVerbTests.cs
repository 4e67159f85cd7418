using System.Diagnostics.CodeAnalysis;
using System.Text;
using AppStack.Engine.Events;
using AppStack.Engine.Imports;
using AppStack.Engine.Lifecycle.Tests.Harness;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.State;

namespace AppStack.Engine.Lifecycle.Tests;

/// <summary>Taking existing things over without a program.</summary>
public sealed class ImportVerbTests : LifecycleTest
{
    private const string Stack1 = "urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev";

    public ImportVerbTests() => World.Things["thing"] = PropertyMap.Of(("size", Text("1")));

    [Fact]
    public async Task A_thing_is_imported_protected_and_a_program_that_declares_it_has_nothing_to_do()
    {
        await UpOkAsync(_ => Task.CompletedTask);

        var result = await ImportOkAsync(File(Thing("a", "thing")));

        Assert.Equal(1, Count(result, StepKind.Import));
        Assert.Equal(["import a"], Steps());
        Assert.True(Resource("a") is { Id: "thing", ImportId: "thing", Protect: true, Parent: Stack1, Created: not null });
        Assert.Equal("a", Assert.Single(result.Imported).Name);

        World.TakeCalls();
        await UpOkAsync(program => program.ResourceAsync("a", new ResourceOf { Goal = new() { Protect = true } }, ("size", Text("1"))));
        Assert.Empty(World.TakeCalls());
    }

    [Fact]
    public async Task It_may_be_unprotected_and_history_calls_it_an_import()
    {
        await UpOkAsync(_ => Task.CompletedTask);

        await ImportOkAsync(File(Thing("a", "thing")), protect: false);

        Assert.False(Resource("a").Protect);
        Assert.Equal("resource-import", Stack().History()[0].Kind);
    }

    [Fact]
    public async Task A_stack_without_resources_gets_its_root_and_its_default_provider()
    {
        await Workspace().InitStackAsync(StackName);

        await ImportOkAsync(File(Thing("a", "thing")));

        Assert.Equal(["proj-dev", "default_1_0_0", "a"], State().Resources.Select(state => state.Name));
    }

    [Fact]
    public async Task What_the_stack_has_stays_and_so_does_its_default_provider()
    {
        await UpOkAsync(program => program.ResourceAsync("b"));
        var before = State().Resources;

        await ImportOkAsync(File(Thing("a", "thing")));

        Assert.Equal(before.Select(state => (state.Urn, state.Id, state.Modified)), State().Resources.Take(before.Length).Select(state => (state.Urn, state.Id, state.Modified)));
        Assert.Equal(before.Length + 1, State().Resources.Length);
        Assert.Equal(Resource("b").Provider, Resource("a").Provider);
    }

    [Fact]
    public async Task A_preview_reads_and_changes_nothing()
    {
        await UpOkAsync(_ => Task.CompletedTask);

        var result = await ImportAsync(File(Thing("a", "thing")), preview: true);

        Assert.True(result.Succeeded, string.Join('\n', Errors));
        Assert.Equal(1, Count(result, StepKind.Import));
        Assert.Contains("read thing", World.TakeCalls());
        Assert.False(Has("a"));
    }

    [Fact]
    public async Task The_same_import_again_does_nothing_and_another_id_is_an_error()
    {
        World.Things["other"] = PropertyMap.Of(("size", Text("2")));
        await UpOkAsync(_ => Task.CompletedTask);
        await ImportOkAsync(File(Thing("a", "thing")));
        World.TakeCalls();

        Assert.Single((await ImportOkAsync(File(Thing("a", "thing")))).Imported);
        Assert.Empty(World.TakeCalls());

        var errors = await ImportFailsAsync(File(Thing("a", "other")));
        Assert.Contains("the stack has it already, with the id 'thing'", Assert.Single(errors), StringComparison.Ordinal);
        Assert.Equal("thing", Resource("a").Id);
    }

    [Fact]
    public async Task What_fails_is_told_by_resource_and_the_rest_is_imported()
    {
        await UpOkAsync(_ => Task.CompletedTask);

        var errors = await ImportFailsAsync(File(Thing("a", "thing"), Thing("b", "missing"), Thing("c", "lost")));

        Assert.Equal(2, errors.Length);
        Assert.Contains(errors, error => error.Contains("::b: there is no test:index:Thing with this id", StringComparison.Ordinal));
        Assert.True(Has("a"));
        Assert.False(Has("b"));
        Assert.Empty(State().PendingOperations);
    }

    [Fact]
    public async Task Parents_come_first_and_whose_parent_fails_is_not_imported()
    {
        await UpOkAsync(_ => Task.CompletedTask);
        World.Things["inner"] = PropertyMap.Empty;

        await ImportOkAsync(File(
            Thing("child", "inner") with { Parent = "group" }, new ImportSpec { Type = "app:index:Group", Name = "group", Component = true }, Thing("grandchild", "thing") with { Parent = "child" }));

        Assert.Equal("urn:pulumi:dev::proj::app:index:Group::group", Resource("child").Parent);
        Assert.Equal("urn:pulumi:dev::proj::app:index:Group$test:index:Thing$test:index:Thing::grandchild", Resource("grandchild").Urn);
        Assert.False(Resource("group").Custom);

        var errors = await ImportFailsAsync(File(Thing("x", "missing"), Thing("y", "thing") with { Parent = "x" }));
        Assert.Contains(errors, error => error.Contains("::y was not imported, because its parent or its provider was not", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_of_the_table_are_resources_of_the_stack()
    {
        await UpOkAsync(async program =>
        {
            await program.ComponentAsync("group");
            await program.ProviderAsync("mine");
        });
        var file = File(Thing("a", "thing") with { Parent = "g", Provider = "p", LogicalName = "logical" }) with
        {
            NameTable = Table(("g", "urn:pulumi:dev::proj::test:index:Component::group"), ("p", Resource("mine").Urn)),
        };

        await ImportOkAsync(file);

        Assert.Equal("urn:pulumi:dev::proj::test:index:Component$test:index:Thing::logical", Resource("logical").Urn);
        Assert.Equal($"{Resource("mine").Urn}::{Resource("mine").Id}", Resource("logical").Provider);
    }

    [Fact]
    public async Task A_provider_of_the_file_is_made_with_its_configuration()
    {
        await UpOkAsync(_ => Task.CompletedTask);

        await ImportOkAsync(File(
            Thing("a", "thing") with { Provider = "mine" },
            new ImportSpec { Type = "pulumi:providers:test", Name = "mine", Inputs = PropertyMap.Of(("region", Text("eu"))) }));

        Assert.Equal(Text("eu"), Resource("mine").Inputs["region"]);
        Assert.StartsWith(Resource("mine").Urn, Resource("a").Provider, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inputs_that_the_provider_cannot_read_come_from_the_file()
    {
        await UpOkAsync(_ => Task.CompletedTask);

        await ImportOkAsync(File(Thing("a", "thing") with { Inputs = PropertyMap.Of(("size", Text("9")), ("password", Secret("hunter-one"))) }));

        Assert.Equal(Text("1"), Resource("a").Inputs["size"]);
        Assert.True(Resource("a").Inputs["password"] is PropertyValue.Secret);
    }

    [Fact]
    public async Task With_outputs_in_the_file_the_provider_is_not_asked()
    {
        await UpOkAsync(_ => Task.CompletedTask);

        await ImportOkAsync(File(Thing("a", "anything") with { Inputs = PropertyMap.Of(("size", Text("1"))), Outputs = PropertyMap.Of(("size", Text("1"))) }));

        Assert.Equal(Text("1"), Resource("a").Outputs["size"]);
        Assert.DoesNotContain("read anything", World.TakeCalls());
    }

    [Fact]
    public async Task An_id_that_is_the_secret_itself_is_nowhere_in_clear()
    {
        Secrets.Add("hunter-one");
        World.OnRead = request => new ReadResult("none", PropertyMap.Of(("result", Secret(request.Id))), PropertyMap.Of(("length", PropertyValue.Of(10))));
        await UpOkAsync(_ => Task.CompletedTask);

        await ImportOkAsync(File(Thing("a", "hunter-one")));

        Assert.True(Resource("a") is { Id: "none", ImportId: null });
    }

    [Fact]
    public async Task Inputs_that_are_not_valid_are_imported_with_a_warning()
    {
        World.OnCheck = request => new CheckResult(request.NewInputs, [new CheckFailure("size", "too small")]);
        await UpOkAsync(_ => Task.CompletedTask);

        await ImportOkAsync(File(Thing("a", "thing")));

        Assert.Contains(Warnings, warning => warning.Contains("property 'size': too small", StringComparison.Ordinal));
    }

    [Fact]
    [SuppressMessage("Usage", "MA0012", Justification = "Only what the engine does not handle ends it as a kill does.")]
    public async Task An_import_that_was_killed_is_a_pending_operation_until_it_is_done_again()
    {
        await UpOkAsync(_ => Task.CompletedTask);
        World.OnRead = _ => throw new KilledException();
        await Assert.ThrowsAsync<KilledException>(() => ImportAsync(File(Thing("a", "thing"))));
        World.Heal();

        var pending = Assert.Single((await Stack().ReadSealedSnapshotAsync()).PendingOperations);
        Assert.Equal(PendingOperationKind.Importing, pending.Kind);

        await ImportOkAsync(File(Thing("a", "thing")));
        Assert.Empty(State().PendingOperations);
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_file_is_told_at_once_and_nothing_is_read()
    {
        await UpOkAsync(_ => Task.CompletedTask);
        World.TakeCalls();
        var file = File(
            new ImportSpec { Name = "a" },
            Thing("b", "") with { Parent = "nobody", Provider = "nobody" },
            new ImportSpec { Type = "app:index:Group", Name = "c", Id = "x", Component = true, Provider = "t" },
            new ImportSpec { Type = "pulumi:providers:test", Name = "d", Id = "x" },
            Thing("e", "x") with { Type = "Thing" },
            Thing("f", "x") with { Provider = "t" }) with
        {
            NameTable = Table(("t", "urn:pulumi:dev::proj::test:index:Thing::gone"), ("u", "no-urn")),
        };

        var problems = (await Assert.ThrowsAsync<InvalidImportException>(() => ImportAsync(file))).Problems;

        string[] expected =
            [
                "The name table gives 't' the URN urn:pulumi:dev::proj::test:index:Thing::gone, which the stack does not have.",
                "The name table gives 'u' the URN 'no-urn', which is none.",
                "The resource 'a' has no type.",
                "The resource 'a' has no id.",
                "The resource 'b' (test:index:Thing) has no id.",
                "The resource 'b' (test:index:Thing) has the parent 'nobody', which is neither in 'nameTable' nor among the resources.",
                "The resource 'b' (test:index:Thing) has the provider 'nobody', which is neither in 'nameTable' nor among the resources.",
                "The resource 'c' (app:index:Group) has an id, but is a component.",
                "The resource 'c' (app:index:Group) has a provider, but is a component.",
                "The resource 'c' (app:index:Group) has the provider 't', which is none of its package.",
                "The resource 'd' (pulumi:providers:test) has an id, but a provider is made, not taken over.",
                "The resource 'e' (Thing) has a type that is not package:module:Type.",
                "The resource 'f' (test:index:Thing) has the provider 't', which is none of its package.",
            ];
        Assert.Equal(string.Join('\n', expected), string.Join('\n', problems));
        Assert.Empty(World.TakeCalls());
    }

    [Fact]
    public async Task Two_resources_of_one_URN_ambiguous_parents_and_circles_are_refused()
    {
        await UpOkAsync(_ => Task.CompletedTask);

        await RefusedAsync(File(Thing("a", "x"), Thing("a", "y")), "'a' (test:index:Thing) is in the file twice");
        await RefusedAsync(File(Thing("a", "x"), Thing("a", "y") with { LogicalName = "b" }, Thing("c", "z") with { Parent = "a" }), "the parent 'a', which several resources are named");
        await RefusedAsync(File(Thing("a", "x") with { Parent = "b" }, Thing("b", "y") with { Parent = "a" }), "is its own ancestor");
        await RefusedAsync(new ImportFile(), "nothing to import");
    }

    [Fact]
    public async Task A_package_without_a_provider_is_refused_by_name()
    {
        await UpOkAsync(_ => Task.CompletedTask);

        var errors = await ImportFailsAsync(File(Thing("a", "x") with { Type = "aws:s3/bucket:Bucket" }));

        Assert.Contains("no provider for the package 'aws'", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_is_Pulumis()
    {
        var file = ImportFileReader.Read(Encoding.UTF8.GetBytes(
            """
            {
                "nameTable": { "parent": "urn:pulumi:dev::proj::app:index:Group::group" },
                "resources": [
                    { "type": "t:m:T", "name": "a", "id": "1", "parent": "parent", "provider": "p", "version": "1.2.3", "properties": ["x"], "logicalName": "b",
                      "inputs": { "secret": { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "plaintext": "\"s\"" } }, "outputs": {} },
                    { "type": "t:m:C", "name": "c", "component": true, "remote": false }
                ]
            }
            """));

        var first = file.Resources[0];
        Assert.Equal(
            ("t:m:T", "a", "1", "parent", "p", "1.2.3", "b"), (first.Type, first.Name, first.Id, first.Parent, first.Provider, first.Version, first.LogicalName));
        Assert.Equal(Secret("s"), first.Inputs!["secret"]);
        Assert.NotNull(first.Outputs);
        Assert.True(file.Resources[1].Component);
        Assert.Single(file.NameTable);
    }

    [Theory]
    [InlineData("[", "cannot be read as an import file")]
    [InlineData("""{"resources":[{"remote":true,"extension":{},"colour":1}],"providerInputs":{}}""", "'remote'|'extension'|'colour'|'providerInputs'")]
    [InlineData("""{"resources":[{"inputs":{"a":{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270","ciphertext":"x"}}}]}""", "the property a is an encrypted secret")]
    public void What_the_file_has_and_the_engine_has_not_is_refused_by_name(string json, string reasons)
    {
        var refused = Assert.Throws<InvalidImportException>(() => ImportFileReader.Read(Encoding.UTF8.GetBytes(json)));

        Assert.All(reasons.Split('|'), reason => Assert.Contains(reason, refused.Message, StringComparison.Ordinal));
    }

    private static ImportSpec Thing(string name, string id) => new() { Type = "test:index:Thing", Name = name, Id = id };

    private static ImportFile File(params ImportSpec[] resources) => new() { Resources = [.. resources] };

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, string> Table(params (string Name, string Urn)[] names) =>
        new ImportFile().NameTable.SetItems(names.Select(entry => KeyValuePair.Create(entry.Name, entry.Urn)));

    private async Task<Operations.OperationResult> ImportOkAsync(ImportFile file, bool protect = true)
    {
        var result = await ImportAsync(file, protect);
        Assert.True(result.Succeeded, string.Join('\n', Errors));
        return result;
    }

    private async Task<string[]> ImportFailsAsync(ImportFile file)
    {
        Assert.False((await ImportAsync(file)).Succeeded);
        return [.. Errors];
    }

    private async Task RefusedAsync(ImportFile file, string reason) =>
        Assert.Contains(reason, (await Assert.ThrowsAsync<InvalidImportException>(() => ImportAsync(file))).Message, StringComparison.Ordinal);

    // The one kind that no provider's failure is, so that nothing catches it.
    private sealed class KilledException() : OutOfMemoryException("as good as a kill");
}
