namespace Pulumi;

/// <summary>Stands for a resource of which only the URN, and perhaps the id, is known.</summary>
internal sealed class DependencyResource : CustomResource
{
    public DependencyResource(string urn, string? id = null)
        : base(Pulumi.Urn.TypeOf(urn), Pulumi.Urn.NameOf(urn))
    {
        Urn = Output<string>.Of(new OutputData<string>(urn, IsKnown: true, IsSecret: false, AsDependency));
        Id = Output<string>.Of(new OutputData<string>(id ?? "", IsKnown: id is not null, IsSecret: false, AsDependency));
    }
}
