using AppStack.Sdk.Tests.Support;
using Pulumi;
using static AppStack.Sdk.Tests.Support.Values;

namespace AppStack.Sdk.Tests.Core;

public sealed class UrnTests
{
    [Fact]
    public void Urns_compare_by_text()
    {
        var urn = new Urn("urn:x");
        Assert.True(urn == new Urn("urn:x"));
        Assert.True(urn != new Urn("urn:y"));
        Assert.Equal("urn:x", (string)urn);
        Assert.Equal("urn:x", urn.ToString());
        Assert.Equal(urn.GetHashCode(), new Urn("urn:x").GetHashCode());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Empty_urns_are_refused(string? value) => Assert.Throws<ArgumentException>(() => new Urn(value!));

    [Fact]
    public async Task Create_uses_the_run_by_default()
    {
        var urns = new List<string>();
        await Run.Ok(async () =>
        {
            urns.Add((await Facts(Urn.Create("n", "a:b:C"))).Value);
            urns.Add((await Facts(Urn.Create("n", "a:b:C", project: "p", stack: "s"))).Value);
            urns.Add((await Facts(Urn.Create("n", "a:b:C", parentUrn: "urn:pulumi:s::p::x:y:Z::parent"))).Value);
            urns.Add((await Facts(Urn.Create("n", "a:b:C", parent: new Group("g")))).Value);
        });

        Assert.Equal(
            [
                "urn:pulumi:stack::project::a:b:C::n",
                "urn:pulumi:s::p::a:b:C::n",
                "urn:pulumi:s::p::x:y:Z$a:b:C::n",
                "urn:pulumi:stack::project::sample:index:Group$a:b:C::n",
            ],
            urns);
    }

    [Fact]
    public async Task Create_takes_one_parent()
    {
        var errors = await Run.Failing(() => Urn.Create("n", "a:b:C", parent: new Group("g"), parentUrn: "urn:x"));

        Assert.Contains("Only one of 'parent' and 'parentUrn'", Assert.Single(errors), StringComparison.Ordinal);
    }
}
