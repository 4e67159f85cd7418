using AppStack.Stacks.Services;

namespace AppStack.Stacks.Tests;

public sealed class ImageLookupTests
{
    [Fact]
    public async Task A_registry_that_is_not_reached_from_here_may_well_serve_the_nodes()
    {
        var warnings = new List<string>();

        Assert.False(await ImageLookup.IsMissingAsync("127.0.0.1:9/gov/dilosi:1", new Dictionary<string, string>(StringComparer.Ordinal), warnings.Add));

        Assert.StartsWith("Whether there is an image '127.0.0.1:9/gov/dilosi:1' was not found out. The registry 127.0.0.1:9 cannot be reached: ", Assert.Single(warnings), StringComparison.Ordinal);
    }
}
