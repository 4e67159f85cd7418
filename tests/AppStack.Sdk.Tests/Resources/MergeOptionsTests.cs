using System.Reflection;
using AppStack.Sdk.Tests.Support;
using Pulumi;
using static AppStack.Sdk.Tests.Support.Values;

namespace AppStack.Sdk.Tests.Resources;

public sealed class MergeOptionsTests
{
    public static TheoryData<string> CustomOptions => [.. Options(typeof(CustomResourceOptions)).Select(option => option.Name)];

    public static TheoryData<string> ComponentOptions => [.. Options(typeof(ComponentResourceOptions)).Select(option => option.Name)];

    /// <summary>A new option that Merge or Clone forgets fails here.</summary>
    [Theory]
    [MemberData(nameof(CustomOptions))]
    public Task Merge_CustomOption_TakesPart(string option) => CheckAsync<CustomResourceOptions>(option, CustomResourceOptions.Merge);

    [Theory]
    [MemberData(nameof(ComponentOptions))]
    public Task Merge_ComponentOption_TakesPart(string option) => CheckAsync<ComponentResourceOptions>(option, ComponentResourceOptions.Merge);

    [Fact]
    public void Merge_Nulls_GivesNewOptions()
    {
        Assert.NotNull(CustomResourceOptions.Merge(options1: null, options2: null));
        Assert.NotNull(ComponentResourceOptions.Merge(options1: null, options2: null));
    }

    [Fact]
    public void Merge_SecondScalarsCount()
    {
        var merged = CustomResourceOptions.Merge(
            new CustomResourceOptions { Protect = true, Version = "1", DeleteBeforeReplace = true },
            new CustomResourceOptions { Protect = false, Version = "2" });

        Assert.False(merged.Protect);
        Assert.Equal("2", merged.Version);
        Assert.True(merged.DeleteBeforeReplace);
    }

    [Fact]
    public void Merge_ListsAreJoinedInOrder()
    {
        var first = new CustomResourceOptions { IgnoreChanges = { "a" }, AdditionalSecretOutputs = { "x" } };
        var second = new CustomResourceOptions { IgnoreChanges = { "b" }, AdditionalSecretOutputs = { "y" } };
        var merged = CustomResourceOptions.Merge(first, second);

        Assert.Equal(["a", "b"], merged.IgnoreChanges);
        Assert.Equal(["x", "y"], merged.AdditionalSecretOutputs);
        Assert.Equal(["a"], first.IgnoreChanges);
        Assert.Equal(["b"], second.IgnoreChanges);
    }

    [Fact]
    public void Merge_TimeoutsAreReplacedWhole()
    {
        var merged = CustomResourceOptions.Merge(
            new CustomResourceOptions { CustomTimeouts = new CustomTimeouts { Create = TimeSpan.FromSeconds(1) } },
            new CustomResourceOptions { CustomTimeouts = new CustomTimeouts { Delete = TimeSpan.FromSeconds(2) } });

        Assert.Null(merged.CustomTimeouts!.Create);
        Assert.Equal(TimeSpan.FromSeconds(2), merged.CustomTimeouts.Delete);
    }

    [Fact]
    public async Task Merge_DependsOnIsJoined()
    {
        string[] names = [];
        await Run.Ok(async () =>
        {
            var merged = CustomResourceOptions.Merge(
                new CustomResourceOptions { DependsOn = { new Sample("a") } },
                new CustomResourceOptions { DependsOn = Later<IEnumerable<Resource>>([new Sample("b")]) });
            names = [.. (await Facts(merged.DependsOn.ToOutput())).Value.Select(resource => resource.GetResourceName())];
        });

        Assert.Equal(["a", "b"], names);
    }

    [Fact]
    public async Task Merge_OneProviderPerPackage_LaterOnesCount()
    {
        string[] names = [];
        await Run.Ok(() =>
        {
            var merged = ComponentResourceOptions.Merge(
                new ComponentResourceOptions { Providers = { new ProviderTests.SampleProvider("a1", "a"), new ProviderTests.SampleProvider("b1", "b"), new ProviderTests.SampleProvider("b2", "b") } },
                new ComponentResourceOptions { Providers = { new ProviderTests.SampleProvider("a2", "a"), new ProviderTests.SampleProvider("c", "c") } });
            names = [.. merged.Providers.Select(provider => provider.GetResourceName())];
        });

        Assert.Equal(["b2", "a2", "c"], names);
    }

    private static IEnumerable<PropertyInfo> Options(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private static async Task CheckAsync<T>(string name, Func<T?, T?, T> merge)
        where T : ResourceOptions, new()
    {
        await Run.Ok(async () =>
        {
            var option = typeof(T).GetProperty(name)!;
            var given = new T();
            option.SetValue(given, Example(option.PropertyType));
            var expected = await DescribeAsync(option.GetValue(given));

            Assert.Equal(expected, await DescribeAsync(option.GetValue(merge(null, given))));
            Assert.Equal(expected, await DescribeAsync(option.GetValue(merge(given, null))));
            Assert.Equal(expected, await DescribeAsync(option.GetValue(merge(new T(), given))));
            var copy = given.Clone();
            Assert.Equal(expected, await DescribeAsync(option.GetValue(copy)));
            if (option.PropertyType.IsGenericType && option.PropertyType.GetGenericTypeDefinition() == typeof(List<>))
            {
                Assert.NotSame(option.GetValue(given), option.GetValue(copy));
            }
        });
    }

    private static object Example(Type type)
    {
        if (type == typeof(string))
        {
            return "example";
        }

        if (type == typeof(bool?))
        {
            return true;
        }

        if (type == typeof(Resource))
        {
            return new Sample("example");
        }

        if (type == typeof(ProviderResource))
        {
            return new ProviderTests.SampleProvider("example");
        }

        if (type == typeof(Input<string>))
        {
            return (Input<string>)"example";
        }

        if (type == typeof(Input<object>))
        {
            return (Input<object>)"example";
        }

        if (type == typeof(InputList<Resource>))
        {
            return (InputList<Resource>)new Sample("example");
        }

        if (type == typeof(CustomTimeouts))
        {
            return new CustomTimeouts { Update = TimeSpan.FromSeconds(1) };
        }

        var element = type.GenericTypeArguments[0];
        var list = (System.Collections.IList)Activator.CreateInstance(type)!;
        list.Add(element switch
        {
            _ when element == typeof(string) => "example",
            _ when element == typeof(Input<Alias>) => (Input<Alias>)new Alias { Name = "example" },
            _ when element == typeof(ProviderResource) => new ProviderTests.SampleProvider("example"),
            _ when element == typeof(ResourceTransformation) => (ResourceTransformation)(_ => null),
            _ when element == typeof(ResourceTransform) => (ResourceTransform)((_, _) => Task.FromResult<ResourceTransformResult?>(null)),
            _ => throw new NotSupportedException($"Give an example of {element}."),
        });
        return list;
    }

    private static async Task<string> DescribeAsync(object? value) => value switch
    {
        null => "nothing",
        Input<string> input => (await Facts(input.ToOutput())).Value,
        Input<object> input => (await Facts(input.ToOutput())).Value.ToString()!,
        InputList<Resource> list => string.Join(',', (await Facts(list.ToOutput())).Value.Select(resource => resource.GetHashCode())),
        System.Collections.IList list => string.Join(',', list.Cast<object>().Select(item => item.GetHashCode())),
        CustomTimeouts timeouts => $"{timeouts.Create} {timeouts.Update} {timeouts.Delete}",
        _ => value.ToString()!,
    };
}
