using AppStack.Engine.State;

namespace AppStack.Engine.Tests.State;

public sealed class UrnsTests
{
    private const string Stack = "urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev";

    [Fact]
    public void The_stack_contributes_nothing_to_the_type_of_its_children()
    {
        Assert.Equal("urn:pulumi:dev::proj::a:b:C::n", Urns.Create("dev", "proj", Stack, "a:b:C", "n"));
        Assert.Equal("urn:pulumi:dev::proj::a:b:C$d:e:F::m", Urns.Create("dev", "proj", "urn:pulumi:dev::proj::a:b:C::n", "d:e:F", "m"));
    }

    [Fact]
    public void Parts_are_found_even_when_the_name_has_delimiters()
    {
        const string urn = "urn:pulumi:dev::proj::a:b:C$d:e:F::x::y";

        Assert.Equal("dev", Urns.Stack(urn));
        Assert.Equal("proj", Urns.Project(urn));
        Assert.Equal("a:b:C$d:e:F", Urns.QualifiedType(urn));
        Assert.Equal("d:e:F", Urns.Type(urn));
        Assert.Equal("x::y", Urns.Name(urn));
    }

    [Theory]
    [InlineData("foo")]
    [InlineData("urn:pulumi:dev::proj")]
    [InlineData("urn:other:dev::proj::a::b")]
    [InlineData("")]
    public void What_is_no_urn_is_known(string text) => Assert.False(Urns.IsValid(text));

    [Fact]
    public void A_provider_reference_has_a_urn_and_an_id()
    {
        Assert.True(Urns.TryParseReference("urn:pulumi:dev::proj::pulumi:providers:aws::default_1_2_3::some-id", out var urn, out var id));
        Assert.Equal("urn:pulumi:dev::proj::pulumi:providers:aws::default_1_2_3", urn);
        Assert.Equal("some-id", id);
        Assert.False(Urns.TryParseReference("urn:pulumi:dev::proj::a:b:C::n::id", out _, out _));
        Assert.False(Urns.TryParseReference("nonsense", out _, out _));
    }

    [Fact]
    public void Default_providers_are_told_from_explicit_ones()
    {
        Assert.True(Urns.IsDefaultProvider("urn:pulumi:d::p::pulumi:providers:aws::default", "pulumi:providers:aws"));
        Assert.True(Urns.IsDefaultProvider("urn:pulumi:d::p::pulumi:providers:aws::default_1_0", "pulumi:providers:aws"));
        Assert.False(Urns.IsDefaultProvider("urn:pulumi:d::p::pulumi:providers:aws::mine", "pulumi:providers:aws"));
        Assert.False(Urns.IsDefaultProvider("urn:pulumi:d::p::a:b:C::default", "a:b:C"));
    }
}
