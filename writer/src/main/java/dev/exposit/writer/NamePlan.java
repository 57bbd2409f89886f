package dev.exposit.writer;

import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans under which names and types families stand in OpenMetrics, so that their names do not clash.
 *
 * <p>In OpenMetrics 1.0 a family of a type claims its name and that name with each suffix of the type, whether samples of that name come
 * or not: counter {@code x} claims {@code x}, {@code x_total} and {@code x_created}. No two families may claim the same
 * name (OpenMetrics 1.0, "Suffixes"). Sample names never change, so it is the type that gives way: as {@code unknown} a
 * family claims no more than its exposed name.
 *
 * <p>Families that are announced together are planned together. Those that have nothing to give up come first: gauge,
 * unknown, stateset. Then those that would have to be taken apart: histogram, gauge histogram, summary; then info, and
 * last counter. So a counter {@code x_total} beside a gauge {@code x}, which every Go program has, is the one that
 * becomes unknown, whichever stands first. Families that come unannounced are planned as they come.
 *
 * <p>In OpenMetrics 2.0 a family claims its exposed name and no other ("Name"). Names clash only if escaping makes two the
 * same, or where a family is taken apart.
 */
final class NamePlan {
    private final NameEscaping escaping;
    /** Whether types have suffixes, as in OpenMetrics 1.0. */
    private final boolean suffixes;

    private final Map<String, Placement> placements = new HashMap<>();
    /** Names, as they are written, and the exposed name of the family that has each. */
    private final Map<String, String> owners = new HashMap<>();

    private NamePlan(NameEscaping escaping, boolean suffixes) {
        this.escaping = escaping;
        this.suffixes = suffixes;
    }

    /** A plan for OpenMetrics 1.0. */
    static NamePlan withSuffixes(NameEscaping escaping) {
        return new NamePlan(escaping, true);
    }

    /** A plan for OpenMetrics 2.0. */
    static NamePlan withoutSuffixes(NameEscaping escaping) {
        return new NamePlan(escaping, false);
    }

    /** Plans families together: types by exposed name. Those that have been planned before stay as they are. */
    void announce(Map<String, MetricType> types) {
        List<Placement> wishes = new ArrayList<>();
        types.forEach((family, type) -> {
            if (!placements.containsKey(family)) {
                wishes.add(wish(family, type));
            }
        });
        Map<String, Placement> created = createdGauges(wishes);
        wishes.sort(Comparator.comparingInt(wish -> rank(wish.type())));
        for (Placement wish : wishes) {
            placements.put(wish.family(), settle(wish, created.get(wish.name())));
        }
    }

    /** How the family would like to stand, were it alone. */
    private Placement wish(String family, MetricType type) {
        String exposed = escaping.metricName(family);
        // OpenMetrics 2.0: that of a counter SHOULD end in _total, that of an info MUST end in _info.
        String suffix = suffixes || type == MetricType.INFO ? type.exposedSuffix() : "";
        if (!exposed.endsWith(suffix) || exposed.length() == suffix.length()) {
            return Placement.unknown(family, exposed, type, "its name does not end in " + suffix);
        }
        String name = suffixes ? exposed.substring(0, exposed.length() - suffix.length()) : exposed;
        return Placement.typed(family, exposed, type, type, name, null);
    }

    /** The gauges {@code x_created}, by {@code x}. */
    private static Map<String, Placement> createdGauges(List<Placement> wishes) {
        String suffix = SampleRole.CREATED.suffix();
        Map<String, Placement> gauges = new HashMap<>();
        for (Placement wish : wishes) {
            if (wish.type() == MetricType.GAUGE && wish.name().endsWith(suffix)) {
                String stem = wish.name().substring(0, wish.name().length() - suffix.length());
                gauges.putIfAbsent(stem, wish);
            }
        }
        return gauges;
    }

    private static int rank(MetricType type) {
        return switch (type) {
            case GAUGE, UNKNOWN, STATE_SET -> 0;
            case HISTOGRAM, GAUGE_HISTOGRAM, SUMMARY -> 1;
            case INFO -> 2;
            case COUNTER -> 3;
        };
    }

    private Placement settle(Placement wish, @Nullable Placement createdGauge) {
        boolean hasCreated = suffixes && wish.type().roles().contains(SampleRole.CREATED);
        String partner = createdGauge != null && hasCreated ? createdGauge.family() : null;
        Set<String> names = claims(wish);
        String taken = firstTaken(names, partner);
        if (taken != null) {
            return giveWay(wish, "name " + taken + " belongs to family " + owners.get(taken));
        }
        names.forEach(name -> owners.putIfAbsent(name, wish.family()));
        if (partner == null || !partner.equals(owners.get(wish.name() + SampleRole.CREATED.suffix()))) {
            return wish;
        }
        placements.computeIfPresent(partner, (name, gauge) -> gauge.beside(wish.family()));
        return wish.beside(partner);
    }

    private Set<String> claims(Placement wish) {
        Set<String> names = new LinkedHashSet<>();
        names.add(wish.name());
        if (!suffixes) {
            return names;
        }
        for (SampleRole role : wish.type().roles()) {
            names.add(wish.name() + role.suffix());
        }
        return names;
    }

    /** The first name that a family other than the tolerated one has, or null. */
    private @Nullable String firstTaken(Set<String> names, @Nullable String tolerated) {
        for (String name : names) {
            String owner = owners.get(name);
            if (owner != null && !owner.equals(tolerated)) {
                return name;
            }
        }
        return null;
    }

    /** What becomes of a family that cannot claim the names of its type. */
    private Placement giveWay(Placement wish, String reason) {
        boolean several = rank(wish.ownType()) == 1;
        boolean any = false;
        for (String name : several ? partNames(wish) : Set.of(wish.exposed())) {
            any |= owners.putIfAbsent(name, wish.family()) == null;
        }
        if (any && !several) {
            return Placement.unknown(wish.family(), wish.exposed(), wish.ownType(), reason);
        }
        Placement.Shape shape = any ? Placement.Shape.APART : Placement.Shape.LEFT_OUT;
        return Placement.in(shape, wish.family(), wish.exposed(), wish.ownType(), reason);
    }

    /** The names that samples of a family of several names have; as unknown it has no start timestamps. */
    private static Set<String> partNames(Placement wish) {
        Set<String> names = new LinkedHashSet<>();
        for (SampleRole role : wish.ownType().roles()) {
            if (role != SampleRole.CREATED) {
                names.add(wish.exposed() + role.suffix());
            }
        }
        return names;
    }

    /** How a family stands that begins now. */
    Placement place(String family, MetricType type) {
        Placement planned = placements.get(family);
        if (planned != null && planned.ownType() != type) {
            release(planned); // it was announced as something else
            planned = null;
        }
        if (planned == null) {
            planned = settle(wish(family, type), null);
            placements.put(family, planned);
        }
        return planned;
    }

    private void release(Placement placement) {
        for (String name : claims(placement)) {
            owners.remove(name, placement.family());
        }
        String partner = placement.partner();
        if (partner != null) {
            placements.computeIfPresent(partner, (name, other) -> other.beside(null));
        }
    }

    /** The family, which had a place, must stand under unknown type after all, under one name. */
    Placement retype(Placement placement, String reason) {
        release(placement);
        owners.put(placement.exposed(), placement.family());
        Placement unknown = Placement.unknown(placement.family(), placement.exposed(), placement.ownType(), reason);
        placements.put(placement.family(), unknown);
        return unknown;
    }

    /** The family, which had a place, must be taken apart after all; see {@link #claim}. */
    Placement takeApart(Placement placement, String reason) {
        release(placement);
        Placement apart = Placement.in(
                Placement.Shape.APART, placement.family(), placement.exposed(), placement.ownType(), reason);
        placements.put(placement.family(), apart);
        return apart;
    }

    /** The family that may become one with this one. */
    Placement partnerOf(Placement placement) {
        return Objects.requireNonNull(placements.get(placement.partner()), "partner");
    }

    /** Claims one more name for a family; answers whether it is free, or the family's already. */
    boolean claim(String name, Placement placement) {
        String owner = owners.putIfAbsent(name, placement.family());
        return owner == null || owner.equals(placement.family());
    }
}
