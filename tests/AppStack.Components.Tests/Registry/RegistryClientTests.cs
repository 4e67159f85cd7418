using System.IO.Compression;
using System.Text.Json.Nodes;
using AppStack.Components.Registry;

namespace AppStack.Components.Tests.Registry;

/// <summary>The client against the rendered configuration at work.</summary>
public sealed class RegistryClientTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("appstack-image-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [RegistryFact]
    public async Task An_image_is_put_and_found_and_put_again_for_nothing()
    {
        await using var registry = await RunningRegistry.StartAsync();
        using var client = registry.Client();
        var image = Image("content of the layer");

        Assert.Null(await client.FindAsync("gov/dilosi", "1", default));
        var name = await client.PushAsync("gov/dilosi", "1", image, default);
        var again = await client.PushAsync("gov/dilosi", "2", image, default);

        Assert.Equal($"{registry.Name}/gov/dilosi@{image.Digest}", name);
        Assert.Equal(name, again);
        Assert.Equal(image.Digest, await client.FindAsync("gov/dilosi", "1", default));
        Assert.Equal(image.Digest, await client.FindAsync("gov/dilosi", image.Digest, default));
    }

    [RegistryFact]
    public async Task Who_has_no_password_may_look_and_nothing_else()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var image = Image("content of the layer");
        using (var client = registry.Client())
        {
            await client.PushAsync("dilosi", "1", image, default);
        }

        using var anonymous = registry.Client(password: null);
        using var wrong = registry.Client("another password");

        Assert.Equal(image.Digest, await anonymous.FindAsync("dilosi", "1", default));
        Assert.Contains("give user and password", (await Assert.ThrowsAsync<RegistryException>(() => anonymous.PushAsync("dilosi", "2", image, default))).Message, StringComparison.Ordinal);
        Assert.Contains("give user and password", (await Assert.ThrowsAsync<RegistryException>(() => wrong.PushAsync("dilosi", "2", image, default))).Message, StringComparison.Ordinal);
    }

    [RegistryFact]
    public async Task Another_than_the_registry_that_is_trusted_gets_no_password()
    {
        await using var registry = await RunningRegistry.StartAsync();
        using var other = new AppStack.Testing.TestAuthority();
        using var client = new RegistryClient(registry.Name, other.Certificate, RegistryRenderer.User, RunningRegistry.Password);

        var exception = await Assert.ThrowsAsync<RegistryException>(() => client.FindAsync("dilosi", "1", default));

        Assert.Contains("cannot be reached", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_wants_a_token_of_everybody_is_given_one()
    {
        await using var registry = new TokenRegistry();
        using var client = new RegistryClient(registry.Name, registry.Authority);

        Assert.Equal(TokenRegistry.Digest, await client.FindAsync("gov/dilosi", "1", default));
        Assert.Null(await client.FindAsync("gov/dilosi", "2", default));
    }

    [Fact]
    public async Task A_registry_that_is_away_is_told_of()
    {
        using var authority = new AppStack.Testing.TestAuthority();
        using var client = new RegistryClient("127.0.0.1:9", authority.Certificate);

        Assert.StartsWith(
            "The registry 127.0.0.1:9 cannot be reached: ",
            (await Assert.ThrowsAsync<RegistryException>(() => client.FindAsync("dilosi", "1", default))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_parts_are_the_same_image()
    {
        Assert.Equal(Image("a").Digest, Image("a").Digest);
        Assert.NotEqual(Image("a").Digest, Image("b").Digest);
    }

    private ImageManifest Image(string content)
    {
        var file = Path.Combine(_folder, Guid.NewGuid().ToString("n"));
        var bytes = System.Text.Encoding.UTF8.GetBytes(content);
        using (var zip = new GZipStream(File.Create(file), CompressionLevel.Fastest))
        {
            zip.Write(bytes);
        }

        var packed = File.ReadAllBytes(file);
        var layer = new ImageLayer(file, ImageLayer.DigestOf(packed), ImageLayer.DigestOf(bytes), packed.Length);
        return ImageManifest.Of([layer], new JsonObject { ["Entrypoint"] = new JsonArray("/app/run"), ["User"] = "1654" });
    }
}
