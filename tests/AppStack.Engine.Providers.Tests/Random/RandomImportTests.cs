using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Tests.Common;
using AppStack.Ssh;

namespace AppStack.Engine.Providers.Tests.Random;

/// <summary>Each kind is imported from what docs/providers.md says, and the next diff of the same inputs is none.</summary>
public sealed class RandomImportTests : IAsyncLifetime
{
    private readonly SshClient _ssh = new();
    private IResourceProvider _provider = null!;

    public Task InitializeAsync()
    {
        _provider = BuiltInProviders.Create(_ssh, new BuiltInProviderOptions()).Single(provider => provider.Package == "random");
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _ssh.DisposeAsync();

    [Theory]
    [InlineData("Password", "s3cr3t-Passw0rd!", "result", "s3cr3t-Passw0rd!")]
    [InlineData("String", "abcDEF123", "result", "abcDEF123")]
    [InlineData("Integer", "15,1,100", "result", 15)]
    [InlineData("Integer", "-5,-10,10,seed", "result", -5)]
    [InlineData("Id", "AQIDBA", "hex", "01020304")]
    [InlineData("Id", "edge-,AQIDBA", "hex", "edge-01020304")]
    [InlineData("Bytes", "AQIDBA==", "hex", "01020304")]
    [InlineData("Uuid", "aabbccdd-eeff-0011-2233-445566778899", "result", "aabbccdd-eeff-0011-2233-445566778899")]
    [InlineData("Uuid4", "aabbccdd-eeff-4011-a233-445566778899", "result", "aabbccdd-eeff-4011-a233-445566778899")]
    [InlineData("Uuid7", "0197aabb-eeff-7011-a233-445566778899", "result", "0197aabb-eeff-7011-a233-445566778899")]
    public async Task A_value_is_imported_and_needs_no_change(string kind, string id, string output, object expected)
    {
        var type = $"random:index/random{kind}:Random{kind}";

        var read = await new Resource(_provider, type).ImportAsync(id);

        Assert.Equal(expected is int number ? PropertyValue.Of(number) : PropertyValue.Of((string)expected), read.Outputs[output].WithoutSecrets());
        var diff = await _provider.DiffAsync(
            new DiffRequest("urn", type, read.Id, read.Inputs!, read.Outputs, read.Inputs!, []), default);
        Assert.Empty(diff.ChangedKeys);
    }

    [Fact]
    public async Task The_length_of_a_text_that_is_taken_over_counts_bytes_as_with_Pulumi()
    {
        var read = await new Resource(_provider, "random:index/randomPassword:RandomPassword").ImportAsync("pässword");

        Assert.Equal(PropertyValue.Of(9), read.Inputs!["length"]);
    }

    [Theory]
    [InlineData("Id", "no base64!")]
    [InlineData("Bytes", "no base64!")]
    [InlineData("Integer", "15")]
    [InlineData("Uuid", "no uuid")]
    [InlineData("Shuffle", "x")]
    [InlineData("Pet", "x")]
    public async Task What_cannot_be_imported_says_why(string kind, string id)
    {
        var exception = await Assert.ThrowsAsync<ProviderException>(() => new Resource(_provider, $"random:index/random{kind}:Random{kind}").ImportAsync(id));

        Assert.Matches($"Random{kind}|UUID", exception.Message);
    }
}
