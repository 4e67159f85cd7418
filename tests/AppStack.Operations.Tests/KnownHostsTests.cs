namespace AppStack.Operations.Tests;

public sealed class KnownHostsTests
{
    [Fact]
    public void Parse_SeveralNamesAndKeys_FindsEach()
    {
        var keys = KnownHosts.Parse("""
            # a comment
            10.87.0.21,fd8a::21 ssh-ed25519 AAAA1
            10.87.0.22 ssh-ed25519 AAAA2
            10.87.0.22 ecdsa-sha2-nistp256 AAAA3
            |1|hashed ssh-ed25519 AAAA4
            """);

        Assert.Equal(["ssh-ed25519 AAAA1"], keys["fd8a::21"]);
        Assert.Equal(["ssh-ed25519 AAAA2", "ecdsa-sha2-nistp256 AAAA3"], keys["10.87.0.22"]);
        Assert.Empty(keys["10.87.0.23"]);
    }
}
