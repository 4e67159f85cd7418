using AppStack.Components.Registry;

namespace AppStack.Components.Tests.Registry;

public sealed class ImageNameTests
{
    [Theory]
    [InlineData("10.87.0.62:5000/gov/dilosi:1.0", "10.87.0.62:5000", "gov/dilosi", "1.0")]
    [InlineData("registry.example/dilosi@sha256:ab", "registry.example", "dilosi", "sha256:ab")]
    [InlineData("registry.example:443/a/b:1@sha256:ab", "registry.example:443", "a/b", "sha256:ab")]
    [InlineData("localhost/dilosi:1", "localhost", "dilosi", "1")]
    [InlineData("library/nginx:1.25", "registry-1.docker.io", "library/nginx", "1.25")]
    [InlineData("nginx:1.25", "registry-1.docker.io", "library/nginx", "1.25")]
    [InlineData("docker.io/nginx:1.25", "registry-1.docker.io", "library/nginx", "1.25")]
    public void Its_parts_are_those_that_containerd_reads(string image, string registry, string repository, string reference) =>
        Assert.Equal(new ImageName(registry, repository, reference), ImageName.Parse(image));

    [Theory]
    [InlineData("registry.example:443/dilosi")]
    [InlineData("nginx")]
    public void Without_tag_and_digest_it_is_none(string image) => Assert.Throws<FormatException>(() => ImageName.Parse(image));
}
