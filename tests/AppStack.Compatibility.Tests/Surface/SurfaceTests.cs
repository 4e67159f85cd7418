using System.Reflection;

namespace AppStack.Compatibility.Tests.Surface;

/// <summary>What compiles against the embedded SDK must compile against the official packages.</summary>
public sealed class SurfaceTests
{
    [Fact]
    public void The_SDK_offers_nothing_that_the_official_one_does_not() => AssertSubset(typeof(Pulumi.Resource).Assembly, "pulumi-surface.txt");

    [Fact]
    public void The_command_package_offers_nothing_that_the_official_one_does_not() =>
        AssertSubset(typeof(Pulumi.Command.Provider).Assembly, "pulumi-command-surface.txt");

    [Fact]
    public void The_Kubernetes_package_offers_nothing_that_the_official_one_does_not() =>
        AssertSubset(typeof(Pulumi.Kubernetes.Provider).Assembly, "pulumi-kubernetes-surface.txt");

    [Fact]
    public void The_random_package_offers_nothing_that_the_official_one_does_not() =>
        AssertSubset(typeof(Pulumi.Random.Provider).Assembly, "pulumi-random-surface.txt");

    [Fact]
    public void The_list_is_readable_in_the_form_that_the_test_writes() =>
        Assert.Contains("static Output<string> Format(FormattableString formattableString)", Read("pulumi-surface.txt")["Pulumi.Output : static class"]);

    private static void AssertSubset(Assembly assembly, string list)
    {
        var official = Read(list);
        var extra = new List<string>();
        foreach (var (type, members) in PublicSurface.Of(assembly))
        {
            if (!official.TryGetValue(type, out var known))
            {
                extra.Add(type);
                continue;
            }

            // The list was made from sources: it has no constructors that the compiler adds.
            var implicitConstructor = !known.Any(static member => member.Contains("ctor (", StringComparison.Ordinal));
            extra.AddRange(members
                .Where(member => !known.Contains(member) && !(implicitConstructor && member is "ctor ()" or "protected ctor ()"))
                .Select(member => $"{type}  ->  {member}"));
        }

        Assert.True(extra.Count == 0, $"Not in {list}:{Environment.NewLine}{string.Join(Environment.NewLine, extra)}");
    }

    private static Dictionary<string, HashSet<string>> Read(string list)
    {
        var types = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        HashSet<string>? members = null;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Surface", list)))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                members!.Add(line[2..]);
            }
            else if (!line.StartsWith('#'))
            {
                types[line] = members = new HashSet<string>(StringComparer.Ordinal);
            }
        }

        return types;
    }
}
