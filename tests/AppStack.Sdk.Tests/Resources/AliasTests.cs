using AppStack.Engine.Model.Registration;
using AppStack.Sdk.Tests.Support;
using Pulumi;
using static AppStack.Sdk.Tests.Support.Values;

namespace AppStack.Sdk.Tests.Resources;

public sealed class AliasTests
{
    [Fact]
    public async Task Urn_is_sent_alone() => Assert.Equal(new AliasSpec { Urn = "urn:x" }, await Spec(new Alias { Urn = "urn:x" }));

    [Fact]
    public async Task Parts_are_sent_as_given_and_the_engine_fills_the_rest() =>
        Assert.Equal(
            new AliasSpec { Name = "old", Type = "a:b:Old", Project = "p", Stack = "s" },
            await Spec(new Alias { Name = Later("old"), Type = "a:b:Old", Project = "p", Stack = "s" }));

    [Fact]
    public async Task Former_parents_are_sent_as_urns()
    {
        Assert.Equal(new AliasSpec { ParentUrn = "urn:parent" }, await Spec(new Alias { ParentUrn = "urn:parent" }));
        Assert.Equal(new AliasSpec { NoParent = true }, await Spec(new Alias { NoParent = true }));
        var monitor = await Run.Ok(() => _ = new Sample("n", options: new CustomResourceOptions { Aliases = { new Alias { Parent = new Group("g") } } }));
        Assert.Equal(FakeMonitor.UrnOf(parent: null, Group.Token, "g"), monitor.Request("n").Options.Aliases.Single().ParentUrn);
    }

    [Fact]
    public async Task An_unknown_alias_is_left_out()
    {
        var monitor = await Run.Ok(() => _ = new Sample("n", options: new CustomResourceOptions { Aliases = { Unknown<Alias>(), new Alias { Name = "old" } } }), isDryRun: true);

        Assert.Equal("old", Assert.Single(monitor.Request("n").Options.Aliases).Name);
    }

    [Fact]
    public async Task Urn_and_parts_exclude_each_other() =>
        Assert.Contains("both Urn and Name", Assert.Single(await Errors(new Alias { Urn = "urn:x", Name = "n" })), StringComparison.Ordinal);

    [Fact]
    public async Task Only_one_parent_may_be_given() =>
        Assert.Contains("Only specify one of", Assert.Single(await Errors(new Alias { ParentUrn = "urn:x", NoParent = true })), StringComparison.Ordinal);

    private static async Task<AliasSpec> Spec(Alias alias) =>
        (await Run.Ok(() => _ = new Sample("n", options: new CustomResourceOptions { Aliases = { alias } }))).Request("n").Options.Aliases.Single();

    private static Task<string[]> Errors(Alias alias) => Run.Failing(() => _ = new Sample("n", options: new CustomResourceOptions { Aliases = { alias } }));
}
