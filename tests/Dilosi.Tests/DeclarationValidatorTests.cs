using Dilosi.Api;
using Dilosi.Declarations;

namespace Dilosi.Tests;

public sealed class DeclarationValidatorTests
{
    [Fact]
    public void Validate_Complete_GivesTheDeclarationTrimmed()
    {
        var declaration = DeclarationValidator.Validate(Requests.Complete with { FirstName = "  Maria " }, out var problems);

        Assert.Empty(problems);
        Assert.Equal(new Declaration(DeclarationType.SolemnDeclaration, "Maria", "Papadopoulou", "090000045", "Ministry of Examples", "I am here."), declaration);
    }

    [Fact]
    public void Validate_NothingGiven_NamesEverything()
    {
        Assert.Null(DeclarationValidator.Validate(new DeclarationRequest(null, null, null, null, null, null), out var problems));
        Assert.Equal(["firstName", "lastName", "recipient", "taxNumber", "text", "type"], problems.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(8000, true)]
    [InlineData(8001, false)]
    public void Validate_LengthOfText_IsLimited(int length, bool right)
    {
        _ = DeclarationValidator.Validate(Requests.Complete with { Text = new string('a', length) }, out var problems);
        Assert.Equal(!right, problems.ContainsKey("text"));
    }

    [Theory]
    [InlineData("two\nlines\tand a tab", true)]
    [InlineData("a \0 in it", false)]
    [InlineData("\u001b[31mred", false)]
    public void Validate_ControlCharacters_AreRefused(string text, bool right)
    {
        _ = DeclarationValidator.Validate(Requests.Complete with { Text = text }, out var problems);
        Assert.Equal(!right, problems.ContainsKey("text"));
    }
}
