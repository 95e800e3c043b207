-- The database's part of a doctor search: who fits, and what the coming days hold.
select p.id, p.slug, p.full_name, p.specialties, p.languages, p.city, p.time_zone, p.licence_checked_on, r.score, r.reviews
from practitioners p left join practitioner_ratings r on r.practitioner_id = p.id
where p.status = 'published' and p.specialties && array['dermatology'] and p.languages && array['bn']
order by r.score desc nulls last, p.id limit 20;
