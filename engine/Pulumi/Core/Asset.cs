namespace Pulumi;

/// <summary>A file that a resource takes.</summary>
public abstract class Asset : AssetOrArchive
{
    private protected Asset()
    {
    }
}
