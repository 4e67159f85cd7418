namespace Pulumi;

/// <summary>A tree of files that a resource takes.</summary>
public abstract class Archive : AssetOrArchive
{
    private protected Archive()
    {
    }
}
