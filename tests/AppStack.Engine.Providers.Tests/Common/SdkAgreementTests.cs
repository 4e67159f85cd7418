using System.Reflection;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Tests.Common;

/// <summary>Every resource class of the SDK packages has a provider that takes its inputs, all of them and no others, and gives its outputs.</summary>
public sealed class SdkAgreementTests
{
    private static readonly Type[] Resources =
    [
        .. new[] { typeof(Pulumi.Command.Remote.Command), typeof(Pulumi.Random.RandomId) }
            .SelectMany(type => type.Assembly.GetExportedTypes())
            .Where(type => type.IsSubclassOf(typeof(Pulumi.CustomResource)) && !type.IsSubclassOf(typeof(Pulumi.ProviderResource))),
    ];

    public static TheoryData<Type> EveryResource() => new(Resources);

    [Fact]
    public void There_are_the_resources_of_both_packages() => Assert.Equal(4 + 10, Resources.Length);

    [Theory]
    [MemberData(nameof(EveryResource))]
    public async Task The_provider_takes_the_inputs_of_the_sdk(Type resource)
    {
        var declared = Members(resource.GetConstructors().Single(constructor => constructor.IsPublic).GetParameters()[1].ParameterType, "InputAttribute").ToList();
        var provider = Provider(resource);
        var type = TypeToken(resource);

        var bogus = await CheckAsync(PropertyMap.Of(("bogus", PropertyValue.Unknown.Instance)));
        var known = bogus.Failures.Single(failure => failure.Property == "bogus").Reason.Split("its inputs are ")[1].Split(", ");
        var required = (await CheckAsync(PropertyMap.Empty)).Failures.Where(failure => failure.Reason == "is required").Select(failure => failure.Property);

        Assert.Equal(declared.Select(Name).Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
        Assert.Equal(declared.Where(IsRequired).Select(Name).Order(StringComparer.Ordinal), required.Order(StringComparer.Ordinal));

        Task<CheckResult> CheckAsync(PropertyMap inputs) => provider.CheckAsync(new CheckRequest("urn", type, OldInputs: null, inputs), default);
    }

    [Theory]
    [MemberData(nameof(EveryResource))]
    public async Task A_preview_gives_nothing_that_the_sdk_does_not_know(Type resource)
    {
        var declared = Members(resource, "OutputAttribute").Select(Name).Append("id").Order(StringComparer.Ordinal);
        var args = Members(resource.GetConstructors().Single(constructor => constructor.IsPublic).GetParameters()[1].ParameterType, "InputAttribute");
        var inputs = PropertyMap.Of(args.Where(IsRequired).Select(attribute => new KeyValuePair<string, PropertyValue>(Name(attribute), PropertyValue.Unknown.Instance)));

        var result = await Provider(resource).CreateAsync(
            new CreateRequest("urn", TypeToken(resource), "name", inputs, Timeout: null, Preview: true, new RecordingLog()), default);

        Assert.Empty(result.Outputs.Keys.Except(declared, StringComparer.Ordinal));
    }

    private static IResourceProvider Provider(Type resource) =>
        BuiltInProviders.Create(new RecordingSsh()).Single(provider => TypeToken(resource).StartsWith(provider.Package + ":", StringComparison.Ordinal));

    private static string TypeToken(Type resource) => resource.GetCustomAttributes<Pulumi.ResourceTypeAttribute>(inherit: true).Single().Type;

    private static IEnumerable<CustomAttributeData> Members(Type type, string attribute) => type
        .GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .SelectMany(member => member.CustomAttributes)
        .Where(data => data.AttributeType.Name == attribute);

    private static string Name(CustomAttributeData attribute) => (string)attribute.ConstructorArguments[0].Value!;

    private static bool IsRequired(CustomAttributeData attribute) => (bool)attribute.ConstructorArguments[1].Value!;
}
