using AppStack.Engine.Events;
using AppStack.Engine.Lifecycle.Tests.Harness;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Lifecycle.Tests;

public sealed class ImportTests : LifecycleTest
{
    private static ResourceOf Import(string id, params string[] ignore) => new() { Goal = new() { ImportId = id, IgnoreChanges = [.. ignore] } };

    [Fact]
    public async Task Something_that_exists_is_taken_over()
    {
        World.Things["thing"] = PropertyMap.Of(("size", Text("1")));

        var result = await UpOkAsync(program => program.ResourceAsync("a", Import("thing"), ("size", Text("1"))));

        Assert.Equal(1, Count(result, StepKind.Import));
        Assert.Equal(["read thing"], World.TakeCalls());
        Assert.True(Resource("a") is { Id: "thing", ImportId: "thing" });

        await UpOkAsync(program => program.ResourceAsync("a", Import("thing"), ("size", Text("1"))));
        Assert.Empty(World.TakeCalls());
        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("2"))));
        Assert.Equal(["update a"], World.TakeCalls());
        Assert.Equal("thing", Resource("a").ImportId);
    }

    [Fact]
    public async Task Inputs_that_describe_something_else_are_refused_and_a_warning_in_a_preview()
    {
        World.Things["thing"] = PropertyMap.Of(("size", Text("1")));

        Assert.True((await PreviewAsync(program => program.ResourceAsync("a", Import("thing"), ("size", Text("2"))))).Succeeded);
        Assert.Contains(Warnings, warning => warning.Contains("differ in: size", StringComparison.Ordinal));

        await UpFailsAsync(program => program.ResourceAsync("a", Import("thing"), ("size", Text("2"))), "differ in: size");
        Assert.False(Has("a"));
    }

    [Fact]
    public async Task Ignored_differences_are_taken_over()
    {
        World.Things["thing"] = PropertyMap.Of(("size", Text("1")));

        await UpOkAsync(program => program.ResourceAsync("a", Import("thing", "size"), ("size", Text("2"))));

        Assert.Equal(Text("1"), Resource("a").Inputs["size"]);
    }

    [Fact]
    public async Task Something_that_does_not_exist_is_an_error()
    {
        await UpFailsAsync(program => program.ResourceAsync("a", Import("thing")), "no test:index:Thing with the id 'thing'");
        Assert.False(Has("a"));
    }

    [Fact]
    public async Task An_import_of_another_thing_replaces_the_old_one()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("size", Text("1"))));
        World.Things["thing"] = PropertyMap.Of(("size", Text("1")));
        World.TakeCalls();

        await UpOkAsync(program => program.ResourceAsync("a", Import("thing"), ("size", Text("1"))));

        Assert.Equal(["read thing", "delete a"], World.TakeCalls());
        Assert.Equal("thing", Resource("a").Id);
        Assert.Equal(["thing"], World.Things.Keys);
    }

    [Fact]
    public async Task An_imported_resource_is_not_replaced_while_the_program_says_import()
    {
        World.Things["thing"] = PropertyMap.Of(("immutable", Text("1")));
        await UpOkAsync(program => program.ResourceAsync("a", Import("thing"), ("immutable", Text("1"))));

        Assert.True((await PreviewAsync(program => program.ResourceAsync("a", Import("thing"), ("immutable", Text("2"))))).Succeeded);
        Assert.Contains(Warnings, warning => warning.Contains("would have to be replaced", StringComparison.Ordinal));
        Assert.Contains("replace a", Steps());
        await UpFailsAsync(program => program.ResourceAsync("a", Import("thing"), ("immutable", Text("2"))), "was imported and would have to be replaced");
        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("2"))));
    }

    [Fact]
    public async Task A_resource_whose_id_the_program_names_is_not_replaced_though_it_was_made_here()
    {
        await UpOkAsync(program => program.ResourceAsync("a", null, ("immutable", Text("1"))));

        await UpFailsAsync(program => program.ResourceAsync("a", Import(Resource("a").Id), ("immutable", Text("2"))), "would have to be replaced");
    }

    [Fact]
    public async Task A_value_that_becomes_secret_does_not_replace_an_import()
    {
        World.Things["thing"] = PropertyMap.Of(("immutable", Text("1")));
        await UpOkAsync(program => program.ResourceAsync("a", Import("thing"), ("immutable", Text("1"))));

        await UpOkAsync(program => program.ResourceAsync("a", Import("thing"), ("immutable", Secret("1"))));

        Assert.Empty(Steps());
    }

    private static Task<ReadResourceResponse> ReadAsync(TestProgram program, string name, string id) => program.Monitor.ReadResourceAsync(
        new ReadResourceRequest { Type = ResourceOf.DefaultType, Name = name, Id = id }, default);

    [Fact]
    public async Task A_resource_that_is_only_read_is_external_and_forgotten_at_the_end()
    {
        World.Things["thing"] = PropertyMap.Of(("size", Text("1")));
        ReadResourceResponse? response = null;

        await UpOkAsync(async program => response = await ReadAsync(program, "r", "thing"));
        Assert.Equal(Text("1"), response!.Outputs["size"]);
        Assert.True(Resource("r") is { External: true, Id: "thing" });

        await UpOkAsync(program => ReadAsync(program, "r", "thing"));
        Assert.True((await RefreshAsync()).Succeeded);
        await UpOkAsync(_ => Task.CompletedTask);
        Assert.False(Has("r"));
        Assert.Single(World.Things);
        Assert.DoesNotContain(World.TakeCalls(), call => call.StartsWith("delete", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_only_read_was_never_created_and_is_modified_when_it_reads_differently()
    {
        World.Things["thing"] = PropertyMap.Of(("size", Text("1")));
        await UpOkAsync(program => ReadAsync(program, "r", "thing"));
        Assert.True(Resource("r") is { Created: null, Modified: null });

        await UpOkAsync(program => ReadAsync(program, "r", "thing"));
        Assert.True(Resource("r") is { Created: null, Modified: null });

        World.Things["thing"] = PropertyMap.Of(("size", Text("2")));
        await UpOkAsync(program => ReadAsync(program, "r", "thing"));
        var changed = Resource("r");
        Assert.True(changed is { Created: null, Modified: not null });

        await UpOkAsync(program => ReadAsync(program, "r", "thing"));
        Assert.Equal(changed.Modified, Resource("r").Modified);
    }

    [Fact]
    public async Task Reading_another_id_replaces_what_was_read()
    {
        World.Things["one"] = PropertyMap.Empty;
        World.Things["two"] = PropertyMap.Empty;
        await UpOkAsync(program => ReadAsync(program, "r", "one"));
        await UpOkAsync(program => ReadAsync(program, "r", "two"));

        Assert.Equal("two", Resource("r").Id);
        Assert.Equal(["read-replacement r", "discard-replaced r"], Steps());
    }

    [Fact]
    public async Task What_was_read_can_be_taken_into_management()
    {
        World.Things["thing"] = PropertyMap.Of(("size", Text("1")));
        await UpOkAsync(program => ReadAsync(program, "r", "thing"));
        World.TakeCalls();

        await UpOkAsync(program => program.ResourceAsync("r", null, ("size", Text("2"))));

        Assert.Equal(["create r"], World.TakeCalls());
        Assert.False(Resource("r").External);
        Assert.Equal(2, World.Things.Count);
    }

    [Fact]
    public async Task What_was_managed_can_be_relinquished_to_reading()
    {
        await UpOkAsync(program => program.ResourceAsync("r", null, ("size", Text("1"))));
        World.TakeCalls();

        await UpOkAsync(program => ReadAsync(program, "r", "r-1"));

        Assert.True(Resource("r").External);
        Assert.Single(World.Things);
        Assert.Equal(["read r-1"], World.TakeCalls());
    }

    [Fact]
    public async Task Reading_what_does_not_exist_is_an_error()
    {
        await UpFailsAsync(program => ReadAsync(program, "r", "nothing"), "no test:index:Thing with the id 'nothing'");
    }
}
