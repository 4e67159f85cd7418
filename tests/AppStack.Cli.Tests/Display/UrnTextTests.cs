using AppStack.Cli.Display;

namespace AppStack.Cli.Tests.Display;

public sealed class UrnTextTests
{
    [Theory]
    [InlineData("urn:pulumi:s::p::a:b:C$command:local:Command::name", "command:local:Command", "name")]
    [InlineData("urn:pulumi:s::p::random:index/randomId:RandomId::a::b", "random:index:RandomId", "a::b")]
    [InlineData("urn:pulumi:s::p::pulumi:pulumi:Stack::p-s", "pulumi:pulumi:Stack", "p-s")]
    public void Name_and_type_of_a_urn(string urn, string type, string name)
    {
        Assert.Equal(type, UrnText.Type(urn));
        Assert.Equal(name, UrnText.Name(urn));
    }
}
