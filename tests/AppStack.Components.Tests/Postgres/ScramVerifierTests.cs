using AppStack.Components.Postgres;

namespace AppStack.Components.Tests.Postgres;

public sealed class ScramVerifierTests
{
    // The exchange that RFC 7677 prints: user "user", password "pencil"; the server's signature proves the server key.
    [Fact]
    public void Of_TheExampleOfTheRfc_GivesItsKeys()
    {
        var verifier = ScramVerifier.Of("pencil", Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="));

        Assert.Equal(
            "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
            verifier);
    }

    [Theory]
    [InlineData("")]
    [InlineData("naïve")]
    [InlineData("two\nlines")]
    public void Of_APasswordThatIsNotPlain_IsRefused(string password)
        => Assert.Throws<ArgumentException>(() => ScramVerifier.Of(password, new byte[16]));

    [Fact]
    public void Of_AShortSalt_IsRefused() => Assert.Throws<ArgumentException>(() => ScramVerifier.Of("pencil", new byte[8]));
}
